// Days, amounts and shares as the reader writes them. Instants are in lib/i18n.
import { day, duration, firstDay, hourLetter, language, number, unbroken } from '../lib/i18n/index.ts';

/** `24 November 2026`, from `2026-11-24`: a day has no zone. */
export function longDay(date: string): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  const tag = language.tag === 'en' ? 'en-GB' : language.tag;
  return firstDay(new Intl.DateTimeFormat(tag, options).format(new Date(`${date}T00:00:00Z`)));
}

/** `Tue 24 Nov`, from `2026-11-24`. */
export function shortDay(date: string): string {
  return day(`${date}T00:00:00Z`, 'UTC');
}

/** Exact decimals come as text and are only ever shown. */
export function money(amount: string, currency: string): string {
  return number(Number(amount), { style: 'currency', currency });
}

export function percent(share: string | number): string {
  return number(Number(share) / 100, { style: 'percent', maximumFractionDigits: 4 });
}

/** `a, b and c` in the reader's language. */
export function listed(words: readonly string[]): string {
  return new Intl.ListFormat(language.tag === 'en' ? 'en-GB' : language.tag).format(words);
}

/** The day it is somewhere, as `2026-11-24`. */
export function dayIn(now: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(now);
}

export function addDays(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** The last day of what ends on the first day without it. */
export const lastDay = (end: string): string => longDay(addDays(end, -1));

/** `Monday`, for 0. */
export function weekdayName(weekday: number, width: 'long' | 'short' = 'long'): string {
  const tag = language.tag === 'en' ? 'en-GB' : language.tag;
  // 1 January 2024 was a Monday.
  return new Intl.DateTimeFormat(tag, { weekday: width, timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, 0, 1 + weekday)),
  );
}

/** Minutes as people count working time: `14 h 32`, and whole hours from a day on, never days: `2,166 h`. */
export function hoursWords(minutes: number): string {
  if (minutes < 24 * 60) return duration(minutes * 60);
  return unbroken(number(Math.floor(minutes / 60)), hourLetter());
}
