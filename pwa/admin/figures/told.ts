// A figure in plain sentences: its value, what it rests on, what is outside. Texts are in messages.
import { duration, language, number, t, wordFor } from '../../lib/i18n/index.ts';
import { hoursWords, listed } from '../written.ts';
import type { Definition, Figure } from './gateway.ts';

/** What stands on the side of experience, beside the promises. */
export const isFelt = ({ measure }: Pick<Figure, 'measure'>): boolean =>
  /^(csat|ces|eta|xla)_/.test(measure);

export interface ScorePart {
  readonly name: string;
  readonly weight: number;
  readonly points: number | null;
  readonly rests_on: number;
}

/** The parts of a score, always told with it; none for any other figure. */
export const partsOf = ({ facts }: Figure): readonly ScorePart[] =>
  (facts['parts'] as readonly ScorePart[] | undefined) ?? [];

/** `96.4 %`, `1 h 35`; undefined where nothing was measured. */
export function valueWords({ value, unit }: Figure): string | undefined {
  if (value === null) return undefined;
  const amount = Number(value);
  if (unit === 'percent') return number(amount / 100, { style: 'percent', maximumFractionDigits: 2 });
  if (unit === 'minutes') return duration(Math.max(60, amount * 60));
  if (unit === 'times') return number(amount, { maximumFractionDigits: 2 });
  if (unit === 'hours') return duration(amount * 3600);
  return number(amount, { maximumFractionDigits: 3 });
}

export function titleOf(measure: string, clock: string | null): string {
  const name = wordFor('admin.measure', measure);
  return clock === null ? name : t('admin.figure.title', { clock: wordFor('clock', clock), name });
}

/** Which measure a figure is, and in which version of its definition. */
export function definedAs(measure: string, version: number): string {
  return t('admin.figure.definition', { name: titleOf(measure, null), version });
}

/** Shares of time: their parts are seconds. */
const inSeconds: ReadonlySet<string> = new Set(['availability', 'critical_availability', 'pause_share', 'travel_share', 'utilisation']);

/** `27 of 28`, or how many calls a mean is of; empty where it says nothing. */
export function restsOn({ measure, numerator, denominator, unit, facts }: Figure): string {
  if (typeof facts['answers'] === 'number') return t('admin.figure.answers', { count: facts['answers'] });
  if (typeof facts['visits'] === 'number') return t('admin.figure.visits', { count: facts['visits'] });
  const calls = facts['calls'];
  if (typeof calls === 'number') return t('admin.figure.calls', { count: calls });
  if (numerator === null || denominator === null || unit !== 'percent') return '';
  const amount = inSeconds.has(measure) ? (seconds: number): string => hoursWords(seconds / 60) : number;
  return t('admin.figure.of', { part: amount(numerator), whole: amount(denominator) });
}

/** `2 not yet due and 1 excused`; empty where nothing is. */
export function outsideWords({ outside }: Figure): string {
  const parts = Object.entries(outside).filter(([, count]) => count > 0);
  if (parts.length === 0) return '';
  return listed(parts.map(([reason, count]) => wordFor('admin.outside', reason, { count })));
}

/** What else is worth saying about it, each as a sentence. */
export function remarks({ facts }: Figure): string[] {
  const counted = ['open_overdue', 'second_visits', 'repeats', 'provisional'] as const;
  return counted
    .map((name) => [name, facts[name]] as const)
    .filter((fact): fact is [(typeof counted)[number], number] => typeof fact[1] === 'number' && fact[1] > 0)
    .map(([name, count]) => t(`admin.figure.${name}`, { count }));
}

/** All that is told beside a figure: what it rests on, what else there is to say, what is outside. */
export function baseWords(figure: Figure): string {
  const outside = outsideWords(figure);
  return [restsOn(figure), ...remarks(figure), outside && t('admin.figure.outside', { what: outside })].filter(Boolean).join(' ');
}

/** What a measure means, in the reader's language; the server's own words for what is new. */
export function definitionText({ id, text }: Pick<Definition, 'id' | 'text'>): string {
  return language.text(`admin.measure_text.${id}`) ?? text;
}
