// A promise in words: within four hours of service, by ten on the next working day.
// How a promise stands now is in promise.ts.

import { duration, language, t, unbroken } from '../i18n/index.ts';

/** What is promised; `PromiseOut` fits. */
export interface Promised {
  readonly kind: 'seconds' | 'by' | 'hours' | 'close' | 'end_of_day';
  readonly seconds: number | null;
  readonly days: number | null;
  readonly minutes: number | null;
}

/** `isAlways` where it is counted day and night. */
export function promisedWords(promise: Promised, isAlways = false): string {
  const days = promise.days ?? 0;
  switch (promise.kind) {
    case 'seconds': {
      const amount = hoursAndMinutes(promise.seconds ?? 0);
      return isAlways ? t('promised.always', { amount }) : t('promised.seconds', { amount });
    }
    case 'by': {
      const time = clockTime(promise.minutes ?? 0);
      if (days === 0) return t('promised.by_same', { time });
      return days === 1 ? t('promised.by_next', { time }) : t('promised.by_later', { time, days });
    }
    case 'hours': {
      const amount = hoursAndMinutes((promise.minutes ?? 0) * 60);
      if (days === 0) return t('promised.hours_same', { amount });
      return days === 1 ? t('promised.hours_next', { amount }) : t('promised.hours_later', { amount, days });
    }
    case 'close':
      if (days === 0) return t('promised.close_same');
      return days === 1 ? t('promised.close_next') : t('promised.close_later', { days });
    case 'end_of_day':
      if (days === 0) return t('promised.day_same');
      return days === 1 ? t('promised.day_next') : t('promised.day_later', { days });
  }
}

/** `26 h`, `1 h 30`: a day of service has no length of its own, so hours stay hours. */
export function hoursAndMinutes(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  if (hours < 24) return duration(seconds);
  const rest = Math.floor((seconds % 3600) / 60);
  return unbroken(hours, language.tag === 'nl' ? 'u' : 'h', ...(rest > 0 ? [String(rest).padStart(2, '0')] : []));
}

/** `09:30` for 570 minutes after midnight. */
export function clockTime(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}
