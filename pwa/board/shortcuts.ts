// Keys of the board and what they do. One table: the sheet shows it, the keyboard obeys it.
export const SHORTCUTS = {
  next: ['j'],
  previous: ['k'],
  open: ['Enter'],
  assign: ['a'],
  report: ['n'],
  plan: ['p'],
  publish: ['y'],
  map: ['m'],
  detail: ['d'],
  explain: ['e'],
  brief: ['b'],
  whatif: ['x'],
  replay: ['h'],
  today: ['t'],
  days: ['w'],
  group: ['g'],
  density: ['c'],
  search: ['/'],
  help: ['?'],
} as const satisfies Record<string, readonly string[]>;

export type Shortcut = keyof typeof SHORTCUTS;

/** The shortcut a key press means; none while typing, in a dialog, or with Ctrl, Alt or Meta. */
export function shortcutFor(event: KeyboardEvent): Shortcut | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return null;
  if (isTakenBy(event)) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const entries = Object.entries(SHORTCUTS) as [Shortcut, readonly string[]][];
  return entries.find(([, keys]) => keys.includes(key))?.[0] ?? null;
}

export function isTakenBy(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  if (target.closest('input, textarea, select, dialog, [contenteditable]')) return true;
  return event.key === 'Enter' && target.closest('button, a, summary') !== null;
}
