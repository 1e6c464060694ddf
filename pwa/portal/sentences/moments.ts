// Instants as they stand inside a sentence: since, at, between. In the site's zone.

import { firstDay, instant, isSameDay, language, type Moment, t, time } from '../../lib/i18n/index.ts';

/** Where and when the reader is: the site's zone and the server's now. */
export interface Here {
  readonly zone: string;
  readonly now: Date;
}

const DAY_MILLISECONDS = 86_400_000;

type Nearness = 'today' | 'yesterday' | 'tomorrow' | 'day';

function nearness(at: Moment, { zone, now }: Here): Nearness {
  const days = (count: number): Date => new Date(now.getTime() + count * DAY_MILLISECONDS);
  if (isSameDay(at, now, zone)) return 'today';
  if (isSameDay(at, days(-1), zone)) return 'yesterday';
  if (isSameDay(at, days(1), zone)) return 'tomorrow';
  return 'day';
}

/** `since 09:40`, `since yesterday at 09:40`, `since 12 May at 09:40` */
export function since(at: Moment, here: Here): string {
  const near = nearness(at, here);
  const facts = { time: time(at, here.zone) };
  if (near === 'today') return t('portal.since.today', facts);
  if (near === 'yesterday') return t('portal.since.yesterday', facts);
  return t('portal.since.day', { ...facts, day: longDay(at, here) });
}

/** `at 09:40`, `tomorrow at 09:40`, `on 12 May at 09:40` */
export function at(moment: Moment, here: Here): string {
  const near = nearness(moment, here);
  const facts = { time: time(moment, here.zone) };
  if (near === 'day') return t('portal.at.day', { ...facts, day: longDay(moment, here) });
  return t(`portal.at.${near}`, facts);
}

/** `between 14:05 and 14:25`, `tomorrow between 14:05 and 14:25` */
export function between(from: Moment, to: Moment, here: Here): string {
  const near = nearness(from, here);
  const facts = { from: time(from, here.zone), to: time(to, here.zone) };
  if (near === 'today' || near === 'yesterday') return t('portal.between.today', facts);
  if (near === 'tomorrow') return t('portal.between.tomorrow', facts);
  return t('portal.between.day', { ...facts, day: longDay(from, here) });
}

/** `4 hours`, `1 hour 30 minutes`: spelled out, for promises. */
export function spelledOut(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const parts = [hours > 0 && unit(hours, 'hour'), (rest > 0 || hours === 0) && unit(rest, 'minute')];
  return parts.filter((part) => part !== false).join(' ');
}

/** `12 May`, with the year when it is not this one. */
export function longDay(moment: Moment, { zone, now }: Here): string {
  const isThisYear = new Date(moment).getUTCFullYear() === now.getUTCFullYear();
  const format = new Intl.DateTimeFormat(language.tag === 'en' ? 'en-GB' : language.tag, {
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
    timeZone: zone,
  });
  return firstDay(format.format(instant(moment)));
}

function unit(count: number, name: 'hour' | 'minute'): string {
  return new Intl.NumberFormat(language.tag, {
    style: 'unit',
    unit: name,
    unitDisplay: 'long',
  }).format(count);
}
