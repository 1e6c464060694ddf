// Calendar months as text, `2026-05`: which one it is, the ones beside it, where it begins; and
// instants that may lie in another year.
import { language, time } from '../lib/i18n/index.ts';
import { instantOf } from '../lib/i18n/zoned.ts';
import { dayIn, longDay } from './written.ts';

export function monthIn(now: Date, zone: string): string {
  return dayIn(now, zone).slice(0, 7);
}

export function addMonths(month: string, months: number): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + months);
  return at.toISOString().slice(0, 7);
}

/** The instants `[from, to)` of a month in a zone; undefined for what is no month. */
export function monthSpan(month: string, zone: string): { from: string; to: string } | undefined {
  if (!/^\d{4}-\d{2}$/.test(month)) return undefined;
  const from = instantOf(`${month}-01T00:00`, zone);
  const to = instantOf(`${addMonths(month, 1)}-01T00:00`, zone);
  return from === null || to === null ? undefined : { from, to };
}

/** The months to choose from, the newest first. */
export function lastMonths(now: Date, zone: string, count: number): string[] {
  const current = monthIn(now, zone);
  return Array.from({ length: count }, (_, back) => addMonths(current, -back));
}

/** `May 2026` */
export function monthName(month: string): string {
  const tag = language.tag === 'en' ? 'en-GB' : language.tag;
  const options = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(tag, options).format(new Date(`${month}-01T00:00:00Z`));
}

/** `24 November 2026 14:05`: what may be long ago is told with its year. */
export function moment(at: string, zone: string): string {
  return `${longDay(dayIn(new Date(at), zone))} ${time(at, zone)}`;
}
