// A finding of the check before planning, in words: what is wrong, and where it is mended.
import { date, dateTime, duration, wordFor } from '../../lib/i18n/index.ts';
import type { PlanFinding } from '../wire.ts';
import { skillWord } from '../words.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}T/;

/** The fault as a sentence; its numbers are written as a reader expects them. */
export function findingWords(finding: PlanFinding, zone: string): string {
  const isSkill = finding.subject === 'skill';
  const words: Record<string, string> = {
    name: isSkill ? skillWord(finding.subject_name) : finding.subject_name,
    closes: '–',
    level: '–',
    opens: '–',
    room: '–',
    seconds: '–',
    skill: '–',
    valid_until: '–',
  };
  for (const [name, value] of Object.entries(finding.facts)) {
    if (value !== null && value !== undefined) words[name] = readable(name, value, zone);
  }
  return wordFor('board.found', finding.code, words);
}

function readable(name: string, value: number | string, zone: string): string {
  if (typeof value === 'number') {
    return name === 'seconds' || name === 'room' ? duration(value) : String(value);
  }
  if (INSTANT.test(value)) return dateTime(value, zone);
  if (name === 'valid_until') return date(value, 'UTC');
  return name === 'skill' ? skillWord(value) : value;
}
