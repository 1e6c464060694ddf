// Instants, ranges, durations and numbers as the reader writes them, in the site's zone.
// Words are in messages/.

import { language } from './language.svelte.ts';
import { writtenNumber } from './text.ts';

export type Moment = string | number | Date;

const MINUTE = 60_000;
const times = formats({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, MINUTE);
const days = formats({ weekday: 'short', day: 'numeric', month: 'short' });
const dates = formats({ day: 'numeric', month: 'short', year: 'numeric' });

/** `14:05`, in the zone of the site. */
export function time(at: Moment, zone?: string): string {
  return times(at, zone);
}

const halfDay = 12 * 3_600_000;

/** `14:05–14:25`; a long range that ends on another day says which. */
export function timeRange(from: Moment, to: Moment, zone?: string): string {
  const isPlain = instant(to) - instant(from) < halfDay || isSameDay(from, to, zone);
  return `${time(from, zone)}–${isPlain ? time(to, zone) : dateTime(to, zone)}`;
}

/** `Mon 23 Nov` */
export function day(at: Moment, zone?: string): string {
  return days(at, zone);
}

/** `31 Dec 2025`: a day of another year, too, is clear. */
export function date(at: Moment, zone?: string): string {
  return dates(at, zone);
}

/** `Mon 23 Nov 14:05` */
export function dateTime(at: Moment, zone?: string): string {
  return `${day(at, zone)} ${time(at, zone)}`;
}

/** `14:05` today and with the day otherwise; `now` is the server's. */
export function timeOrDate(at: Moment, now: Moment, zone?: string): string {
  return isSameDay(at, now, zone) ? time(at, zone) : dateTime(at, zone);
}

/** In French the first day of a month is counted, `1er janvier`, which formats of the platform do not do. */
export function firstDay(written: string): string {
  return language.tag === 'fr' ? written.replace(/(?<!\d)1 (?=\p{L})/u, '1er ') : written;
}

/** `35 min`, `1 h 35`, `2 d 3 h`: whole minutes, without a sign, never broken over two lines. */
export function duration(seconds: number): string {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const dayLetter = { en: 'd', fr: 'j', es: 'd', nl: 'd' }[language.tag];
  if (days > 0) return unbroken(days, dayLetter, ...(hours > 0 ? [hours, hourLetter()] : []));
  if (hours > 0) return unbroken(hours, hourLetter(), ...(rest > 0 ? [String(rest).padStart(2, '0')] : []));
  return unbroken(rest, 'min');
}

/** What stands behind a number of hours. */
export function hourLetter(): string {
  return language.tag === 'nl' ? 'u' : 'h';
}

/** What stays on one line: its parts with no-break spaces between them. */
export function unbroken(...parts: readonly (string | number)[]): string {
  return parts.join('\u00a0');
}

const relatives = new Map<string, Intl.RelativeTimeFormat>();

/** `in 5 minutes`, `2 hours ago`. */
export function relative(at: Moment, now: Moment): string {
  const seconds = Math.round((instant(at) - instant(now)) / 1000);
  const words = relatives.get(language.tag) ?? new Intl.RelativeTimeFormat(language.tag, { numeric: 'auto' });
  relatives.set(language.tag, words);
  if (Math.abs(seconds) < 60) return words.format(0, 'second');
  if (Math.abs(seconds) < 3600) return words.format(Math.trunc(seconds / 60), 'minute');
  if (Math.abs(seconds) < 86_400) return words.format(Math.trunc(seconds / 3600), 'hour');
  return words.format(Math.trunc(seconds / 86_400), 'day');
}

export function number(value: number, options?: Intl.NumberFormatOptions): string {
  if (options === undefined) return writtenNumber(value, language.tag);
  return new Intl.NumberFormat(language.tag, options).format(value);
}

/** Told from the times of day, which are on the screen anyway: a format of its own would cost. */
export function isSameDay(one: Moment, other: Moment, zone?: string): boolean {
  const elapsed = instant(other) - instant(one);
  // Between days they differ by whole ones, give or take the hours of a change of the clocks.
  return Math.abs(elapsed - (sinceMidnight(other, zone) - sinceMidnight(one, zone))) < halfDay;
}

/** By the clock on the wall, in milliseconds; seconds are left out on both sides alike. */
function sinceMidnight(at: Moment, zone?: string): number {
  const [hours, minutes] = time(at, zone).split(':').map(Number);
  return (hours! * 60 + minutes!) * MINUTE;
}

/** Milliseconds since 1970. */
export function instant(at: Moment): number {
  return new Date(at).getTime();
}

interface Format {
  readonly intl: Intl.DateTimeFormat;
  /** What was written, by the step of time it holds for. */
  readonly written: Map<number, string>;
}

/** A day has 1,440 minutes; who looks at so many of them begins anew. */
const MOST_WRITTEN = 3000;

/**
 * Writes instants this way; each language's and zone's format is made once, and what holds for a
 * whole step of time is written once, because both are dear.
 */
function formats(options: Intl.DateTimeFormatOptions, step = 1): (at: Moment, zone?: string) => string {
  const made = new Map<string, Format>();
  return (at, zone) => {
    const key = `${language.tag} ${zone}`;
    let format = made.get(key);
    if (!format) {
      const zoned = zone === undefined ? options : { ...options, timeZone: zone };
      const intl = new Intl.DateTimeFormat(language.tag === 'en' ? 'en-GB' : language.tag, zoned);
      format = { intl, written: new Map() };
      made.set(key, format);
    }
    const { intl, written } = format;
    const place = Math.floor(instant(at) / step);
    let text = written.get(place);
    if (text === undefined) {
      if (written.size >= MOST_WRITTEN) written.clear();
      text = firstDay(intl.format(new Date(at)));
      written.set(place, text);
    }
    return text;
  };
}
