// An agreement in sentences: since when it holds, what a missed promise costs, what was credited.

import { number, t, wordFor } from '../../lib/i18n/index.ts';
import type { AgreementVersion, CreditNote, Penalties } from '../wire.ts';
import { dayWords, lastDay, moneyWords, monthWords, percentWords } from './amounts.ts';

/** When a version counts, seen from a day (`2026-06-02`). */
export function validSentence({ valid_from, valid_to, status }: AgreementVersion, day: string): string {
  const from = dayWords(valid_from);
  if (valid_to !== null) {
    const facts = { from, to: dayWords(lastDay(valid_to)) };
    return valid_to <= day ? t('portal.agreement.was_valid', facts) : t('portal.agreement.valid_until', facts);
  }
  const since = valid_from <= day ? t('portal.agreement.valid_since', { from }) : t('portal.agreement.valid_from', { from });
  return status === 'legal_hold' ? `${since} ${t('portal.agreement.end_asked')}` : since;
}

export function penaltySentences({ currency, monthly_fee, unit, rules, cap_percent }: Penalties): string[] {
  return [
    t(`portal.penalty.fee.${unit}`, { amount: moneyWords(monthly_fee, currency) }),
    ...rules.flatMap(ruleSentences),
    ...(rules.length > 1 ? [t('portal.penalty.largest')] : []),
    ...(cap_percent === null ? [] : [t('portal.penalty.cap', { percent: percentWords(cap_percent) })]),
  ];
}

export function priceSentences(pricing: NonNullable<AgreementVersion['pricing']>): string[] {
  return pricing.prices.map(({ kind, amount, measure, at_least }) => {
    const facts = { amount: moneyWords(amount, pricing.currency) };
    if (kind !== 'outcome_bonus') return t(`portal.price.${kind}`, facts);
    const outcome = measure === null || at_least === null ? '' : objectiveSentence({ measure, at_least });
    return t('portal.price.outcome_bonus', { ...facts, outcome });
  });
}

/** What is to be felt: the least of a measure, as a manager reads it. */
export function objectiveSentence({ measure, at_least }: AgreementVersion['objectives'][number]): string {
  const isPlain = ['csat_mean', 'ces_mean', 'xla_score'].includes(measure);
  return wordFor('portal.objective', measure, { least: isPlain ? number(Number(at_least)) : percentWords(at_least) });
}

function ruleSentences({ kind, percent, count, tiers }: Penalties['rules'][number]): string[] {
  const share = { percent: percentWords(percent ?? '0') };
  switch (kind) {
    case 'per_breach':
      return [t('portal.penalty.per_breach', share)];
    case 'chronic':
      return [t('portal.penalty.chronic', { ...share, count: count ?? 0 })];
    case 'tier':
      return (tiers ?? []).map((tier) =>
        t('portal.penalty.tier', { below: percentWords(tier.below), percent: percentWords(tier.percent) }),
      );
  }
}

/** What a credit note is for: the rule that gave most, in the month it is about. */
export function creditSentence({ lines, month, counters, unit_name }: CreditNote): string {
  const facts = { month: monthWords(month), unit: unit_name };
  if (counters !== null) return t('portal.credit.counter', { number: counters });
  const [most] = [...lines].sort((one, other) => Number(other.amount) - Number(one.amount));
  switch (most?.kind) {
    case 'chronic':
      return t('portal.credit.chronic', facts);
    case 'tier':
      return most.availability == null
        ? t('portal.credit.tier', facts)
        : t('portal.credit.tier_of', { ...facts, percent: percentWords(most.availability) });
    default:
      return t('portal.credit.per_breach', facts);
  }
}
