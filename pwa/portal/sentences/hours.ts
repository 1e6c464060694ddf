// Service hours as people read them on a door: `Mon–Sat 07:00–20:00, Sun 09:00–12:00`.

import { language, t } from '../../lib/i18n/index.ts';
import { clockTime } from '../../lib/ui/promised.ts';
import type { CardHours } from '../wire.ts';

interface Stretch {
  readonly first: number;
  readonly last: number;
  readonly hours: string;
}

export function hoursWords({ always_open, weekly }: CardHours): string {
  if (always_open) return t('portal.hours.always');
  return stretches(weekly)
    .map(({ first, last, hours }) => {
      if (first === 0 && last === 6) return t('portal.hours.every_day', { hours });
      return `${first === last ? dayName(first) : `${dayName(first)}–${dayName(last)}`} ${hours}`;
    })
    .join(', ');
}

/** Days that follow each other with the same hours, Monday first; days without are left out. */
function stretches(weekly: CardHours['weekly']): Stretch[] {
  const found: Stretch[] = [];
  for (let day = 0; day < 7; day++) {
    const hours = (weekly[day] ?? []).map(([opens, closes]) => `${clockTime(opens)}–${clockTime(closes)}`).join(', ');
    const before = found.at(-1);
    if (before?.last === day - 1 && before.hours === hours) found[found.length - 1] = { ...before, last: day };
    else if (hours !== '') found.push({ first: day, last: day, hours });
  }
  return found;
}

/** `Mon` for 0. */
function dayName(day: number): string {
  const tag = language.tag === 'en' ? 'en-GB' : language.tag;
  // The first of January 2024 was a Monday.
  return new Intl.DateTimeFormat(tag, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day));
}
