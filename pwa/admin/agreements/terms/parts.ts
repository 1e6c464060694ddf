// The other parts of terms in sentences: who is called, what a miss costs, how it may change.
import { duration, t, wordFor } from '../../../lib/i18n/index.ts';
import { money, percent } from '../../written.ts';
import { objectiveWords } from '../objectives.ts';
import { partWords } from '../draft/form.ts';
import type { PenaltyRule, Terms } from '../wire.ts';

export function escalationWords(step: Terms['escalation'][number]): string {
  const facts = { clock: wordFor('clock', step.clock), role: wordFor('admin.called', step.role) };
  if (step.percent !== null)
    return t('admin.terms.called_at', { ...facts, share: percent(step.percent) });
  const amount = duration(step.after_due_seconds ?? 0);
  return step.after_due_seconds === 0
    ? t('admin.terms.called_due', facts)
    : t('admin.terms.called_after', { ...facts, amount });
}

export function feeWords({ monthly_fee, currency, unit }: NonNullable<Terms['penalties']>): string {
  return t('admin.terms.fee', { fee: money(monthly_fee, currency), unit: wordFor('admin.unit', unit) });
}

export function priceWords(pricing: NonNullable<Terms['pricing']>): string[] {
  return pricing.prices.map(({ kind, amount, measure, at_least }) => {
    const facts = { kind: wordFor('admin.price', kind), amount: money(amount, pricing.currency) };
    return measure === null || at_least === null
      ? t('admin.terms.price', facts)
      : t('admin.terms.price_outcome', { ...facts, outcome: objectiveWords({ measure, at_least }) });
  });
}

export function ruleWords(rule: PenaltyRule): string {
  const share = percent(rule.percent ?? '0');
  switch (rule.kind) {
    case 'per_breach':
      return t('admin.terms.per_breach', { share });
    case 'chronic':
      return t('admin.terms.chronic', { share, count: rule.count ?? 0 });
    case 'tier': {
      const tiers = rule.tiers ?? [];
      return tiers
        .map(({ below, percent: of }) =>
          t('admin.terms.tier', { below: percent(below), share: percent(of) }),
        )
        .join(' ');
    }
  }
}

export function choiceWords(choices: NonNullable<Terms['choices']>): string[] {
  const severities = choices.severities.map((each) => wordFor('severity', each)).join(', ');
  const parts = choices.parts.map(partWords).join(', ');
  const told = t('admin.terms.choices', { severities, days: choices.most_days, parts });
  if (choices.later_discount === null) return [told];
  return [told, t('admin.terms.choices_discount', { amount: money(choices.later_discount, choices.currency) })];
}

export function amendmentWords({ notice_days, effective, approver }: Terms['amendment']): string {
  const said = [
    t('admin.terms.notice', { days: notice_days }),
    effective === 'first_of_month' ? t('admin.terms.first_of_month') : '',
    approver === '' ? '' : t('admin.terms.approver', { name: approver }),
  ];
  return said.filter(Boolean).join(' ');
}

export function policyWords(policies: Terms['policies']): string[] {
  const said: string[] = [];
  if (policies.on_upgrade !== null) said.push(wordFor('admin.on_upgrade', policies.on_upgrade));
  if (policies.reopen_seconds !== null)
    said.push(t('admin.terms.reopen', { amount: duration(policies.reopen_seconds) }));
  return said;
}
