// A week of service hours in words: days with the same hours are told together.
import { t } from '../../lib/i18n/index.ts';
import { weekdayName } from '../written.ts';
import type { Calendar } from './gateway.ts';
import { hoursText } from './hours.ts';

type Week = Pick<Calendar, 'always_open' | 'weekly'>;

interface Run {
  first: number;
  last: number;
  hours: string;
}

/** `Mon–Fri 08:00–17:00 · Sat 09:00–12:00` */
export function weekWords({ always_open, weekly }: Week): string {
  if (always_open) return t('admin.calendar.always');
  const runs = runsOf(weekly).filter((run) => run.hours !== '');
  if (runs.length === 0) return t('admin.calendar.never');
  return runs.map(runWords).join(' · ');
}

function runsOf(weekly: Calendar['weekly']): Run[] {
  const runs: Run[] = [];
  for (let weekday = 0; weekday < 7; weekday += 1) {
    const hours = hoursText(weekly[String(weekday)] ?? []);
    const last = runs.at(-1);
    if (last?.hours === hours) last.last = weekday;
    else runs.push({ first: weekday, last: weekday, hours });
  }
  return runs;
}

function runWords({ first, last, hours }: Run): string {
  const from = weekdayName(first, 'short');
  return first === last ? `${from} ${hours}` : `${from}–${weekdayName(last, 'short')} ${hours}`;
}
