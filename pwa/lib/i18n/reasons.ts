// Why somebody was chosen, in the same words on the board and on the phone. The texts are in messages/lib.

import { duration, number, time } from './format.ts';
import { language, wordFor } from './language.svelte.ts';

/** A code and its figures, as the server says them. */
export interface Reason {
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What a fact nobody gave is written as. */
export const UNSAID = '–';

const INSTANT = /^\d{4}-\d{2}-\d{2}T/;
/** Facts that are durations: named so, or known to be. */
const SECONDS = /_seconds$|^(travel|lateness|overtime|overtime_max|spare|slack)$/;
/** Facts the texts ask for. */
const NAMED = ['delta', 'level', 'skill', 'spare_seconds', 'starts_at', 'travel_seconds'];

export function reasonWords({ code, facts }: Reason, zone: string): string {
  const words: Record<string, string> = Object.fromEntries(NAMED.map((name) => [name, UNSAID]));
  for (const [name, value] of Object.entries(facts)) words[name] = readableFact(name, value, zone);
  return wordFor('reason', code, words);
}

/** One fact as people read it: times at the site, durations, skills by their names. */
export function readableFact(name: string, value: unknown, zone: string, isDuration = SECONDS.test(name)): string {
  if (typeof value === 'string') {
    if (INSTANT.test(value)) return time(value, zone);
    return name === 'skill' ? skillWord(value) : value;
  }
  if (typeof value !== 'number') return UNSAID;
  return isDuration ? duration(value) : number(value);
}

export function skillWord(skill: string): string {
  return language.text(`skill.${skill}`) ?? skill;
}
