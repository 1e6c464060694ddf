// A finding of the check before planning, in words: what is wrong, and where it is mended.
import { date, dateTime, duration, skillWord, t, wordFor } from '../../lib/i18n/index.ts';
import type { PlanFinding } from '../wire.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}T/;

/** What has to be put right where no page does it: by whoever looks after the records. */
const MENDED_BY = {
  absent: 'absence',
  certificate_expired: 'certificate',
  home_far: 'home',
  home_missing: 'home',
  no_shift: 'shift',
  nobody_on_duty: 'shift',
  place_far: 'place',
  place_missing: 'place',
  skill_nobody_has: 'skill',
  skill_off_duty: 'shift',
} as const;

/** The fault as a sentence; its numbers are written as a reader expects them. */
export function findingWords(finding: PlanFinding, zone: string): string {
  const isSkill = finding.subject === 'skill';
  const words: Record<string, string> = {
    name: isSkill ? skillWord(finding.subject_name) : finding.subject_name,
    closes: '–',
    from: '–',
    level: '–',
    opens: '–',
    room: '–',
    seconds: '–',
    skill: '–',
    until: '–',
    valid_until: '–',
  };
  for (const [name, value] of Object.entries(finding.facts)) {
    if (value !== null && value !== undefined) words[name] = readable(name, value, zone);
  }
  return wordFor('board.found', finding.code, words);
}

/** Who can mend it and how, in a dispatcher's words: the call that does it is for programs. */
export function mendWords({ code }: Pick<PlanFinding, 'code'>): string {
  const means = code in MENDED_BY ? MENDED_BY[code as keyof typeof MENDED_BY] : 'other';
  return t(`board.check.by.${means}`);
}

function readable(name: string, value: number | string, zone: string): string {
  if (typeof value === 'number') {
    return name === 'seconds' || name === 'room' ? duration(value) : String(value);
  }
  if (INSTANT.test(value)) return dateTime(value, zone);
  if (name === 'valid_until') return date(value, 'UTC');
  return name === 'skill' ? skillWord(value) : value;
}
