// Times to choose in words, in the zone of the building. Texts are in messages.

import { dateTime, day, t, time } from '../../lib/i18n/index.ts';
import { moneyWords } from '../sentences/amounts.ts';
import type { Choices, Slot } from './choosing.svelte.ts';

/** `Tue 3 Jun, 08:00–12:00` */
export function slotWords({ from_at, to_at }: Pick<Slot, 'from_at' | 'to_at'>, zone: string): string {
  return `${day(from_at, zone)}, ${time(from_at, zone)}–${time(to_at, zone)}`;
}

export function chosenSentence(chosen: NonNullable<Choices['chosen']>, zone: string): string {
  const facts = { slot: slotWords(chosen, zone), name: chosen.chosen_by, at: dateTime(chosen.chosen_at, zone) };
  if (chosen.discount === null) return t('portal.choose.chosen', facts);
  return t('portal.choose.chosen_less', { ...facts, amount: moneyWords(chosen.discount, chosen.currency) });
}

/** What an agreement lets its customer choose, as a sentence each. */
export function choiceSentences({ most_days: count, later_discount, currency }: {
  readonly most_days: number;
  readonly later_discount: string | null;
  readonly currency: string;
}): string[] {
  return [
    t('portal.choose.may', { count }),
    ...(later_discount === null ? [] : [t('portal.choose.worth', { amount: moneyWords(later_discount, currency) })]),
  ];
}
