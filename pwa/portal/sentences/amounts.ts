// Money, percentages and plain days as the reader writes them. They travel as text.

import { firstDay, language } from '../../lib/i18n/index.ts';

export function moneyWords(amount: string, currency: string): string {
  return new Intl.NumberFormat(tag(), { style: 'currency', currency }).format(Number(amount));
}

/** `99.5%` for "99.5000". */
export function percentWords(percent: string): string {
  return new Intl.NumberFormat(tag(), { style: 'percent', maximumFractionDigits: 4 }).format(Number(percent) / 100);
}

/** `1 March 2026` for "2026-03-01". */
export function dayWords(day: string): string {
  return plain(day, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** `March 2026` for "2026-03". */
export function monthWords(month: string): string {
  return plain(`${month}-01`, { month: 'long', year: 'numeric' });
}

/** The day before: terms end before the day they are said to be valid to. */
export function lastDay(validTo: string): string {
  const day = new Date(`${validTo}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

/** `2026-06-02`: the day it is at an instant, in a zone. */
export function plainDay(at: Date, zone: string | undefined): string {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const parts = new Intl.DateTimeFormat('en-GB', { ...options, ...(zone ? { timeZone: zone } : {}) }).formatToParts(at);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

function plain(day: string, options: Intl.DateTimeFormatOptions): string {
  const written = new Intl.DateTimeFormat(tag(), { ...options, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  return firstDay(written);
}

function tag(): string {
  return language.tag === 'en' ? 'en-GB' : language.tag;
}
