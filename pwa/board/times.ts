// Times on the board. Of another day than is meant the day is named: 00:40 of tomorrow is not tonight's.
import { ticking } from '../lib/api/index.ts';
import { day, isSameDay, type Moment, time, timeOrDate, timeRange } from '../lib/i18n/index.ts';

/** `14:05` today, `Tue 24 Nov 00:40` on another day. */
export function clockTime(at: Moment, zone: string): string {
  return timeOrDate(at, ticking.now, zone);
}

/** `14:05–14:25` today, `Tue 24 Nov 00:40–01:20` on another day. */
export function clockRange(from: Moment, to: Moment, zone: string): string {
  const written = timeRange(from, to, zone);
  return isSameDay(from, ticking.now, zone) ? written : `${day(from, zone)} ${written}`;
}

const WEEK = 6 * 86_400_000;

/** `14:05` today, `Tue 08:24` on the days after it, the whole date where the weekday says too little. */
export function weekTime(at: Moment, zone: string): string {
  const ahead = new Date(at).getTime() - ticking.now.getTime();
  if (isSameDay(at, ticking.now, zone) || ahead > WEEK || ahead < 0) return clockTime(at, zone);
  const [weekday = ''] = day(at, zone).split(/,? /);
  return `${weekday} ${time(at, zone)}`;
}
