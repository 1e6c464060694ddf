// What kind of phone this is, as far as setting it up differs.

export type Platform = 'ios' | 'android' | 'desktop';

export function platformOf(agent: string, touchPoints: number): Platform {
  if (/iPhone|iPad|iPod/.test(agent)) return 'ios';
  // A tablet of Apple's says that it is a computer, but no computer of theirs is touched.
  if (/Macintosh/.test(agent) && touchPoints > 1) return 'ios';
  return /Android/.test(agent) ? 'android' : 'desktop';
}
