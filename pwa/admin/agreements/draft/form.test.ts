import { expect, it } from 'vitest';
import { line, serviceRow, terms } from '../testing/makers.ts';
import type { Clause, Terms } from '../wire.ts';
import { amountOf, minutesOf, numberOf, secondsOf } from './amounts.ts';
import { formOf, termsOf } from './form.ts';
import { clauseOf, lineOf } from './lines.ts';

const full: Terms = terms({
  services: [
    serviceRow({
      site_ids: ['s1', 's2'],
      exclusions: ['Vandalism', 'Water in the pit'],
      checklist: [
        { key: 'oil', label: 'Oil', kind: 'check', is_mandatory: true, unit: '', low: null, high: null },
        { key: 'temp', label: 'Heat', kind: 'reading', is_mandatory: false, unit: '°C', low: '-5', high: '40.5' },
      ],
      availability_percent: '99.5',
      availability_calendar_id: 'always',
      every_months: 6,
    }),
  ],
  policies: { on_upgrade: 'earlier_of', reopen_seconds: 604_800 },
  escalation: [
    { level: 1, clock: 'response', role: 'dispatcher', percent: 75, after_due_seconds: null },
    { level: 2, clock: 'response', role: 'admin', percent: null, after_due_seconds: 0 },
  ],
  penalties: {
    currency: 'EUR',
    monthly_fee: '1250.00',
    unit: 'site',
    rules: [
      { kind: 'per_breach', percent: '5', count: null, tiers: null },
      { kind: 'chronic', percent: '10', count: 3, tiers: null },
      { kind: 'tier', percent: null, count: null, tiers: [{ below: '99', percent: '10' }] },
    ],
    cap_percent: '30',
  },
  amendment: { notice_days: 60, effective: 'first_of_month', approver: 'The owners' },
  responsibilities: [{ task: 'Light in the machine room', who: 'customer' }],
  obligations: ['Keep the shaft dry'],
  objectives: [{ measure: 'csat_mean', at_least: '4.2' }],
  choices: { severities: ['S3', 'S4'], most_days: 3, parts: [[480, 720], [780, 1440]], later_discount: '20.00', currency: 'EUR' },
  desired_outcome: 'Guests do not notice us.',
  pricing: {
    currency: 'EUR',
    prices: [
      { kind: 'per_asset_month', amount: '95.00', measure: null, at_least: null },
      { kind: 'outcome_bonus', amount: '500.00', measure: 'csat_top2', at_least: '80' },
    ],
  },
});

it('gives back every part of a document it was filled with', () => {
  const { services, policies, escalation, penalties, amendment, responsibilities } = full;
  const body = termsOf(formOf(full));
  expect(body).toMatchObject({ services, policies, escalation, penalties, amendment, responsibilities });
  expect(body).toMatchObject({ obligations: full.obligations, objectives: full.objectives, choices: full.choices, desired_outcome: full.desired_outcome });
  expect(body.pricing).toEqual({
    currency: 'EUR',
    prices: [
      { kind: 'per_asset_month', amount: '95.00' },
      { kind: 'outcome_bonus', amount: '500.00', measure: 'csat_top2', at_least: '80' },
    ],
  });
});

it('says nothing of prices in a document that has none', () => {
  expect(termsOf(formOf(terms()))).not.toHaveProperty('pricing');
});

const clauses: Clause[] = [
  line({ promise: { kind: 'seconds', seconds: 5400, days: null, minutes: null } }),
  line({ promise: { kind: 'seconds', seconds: 90, days: null, minutes: null } }),
  line({ promise: { kind: 'by', seconds: null, days: 1, minutes: 600 } }),
  line({ promise: { kind: 'by', seconds: null, days: 0, minutes: 1440 } }),
  line({ promise: { kind: 'hours', seconds: null, days: 1, minutes: 120 } }),
  line({ promise: { kind: 'close', seconds: null, days: 2, minutes: null } }),
  line({ promise: { kind: 'end_of_day', seconds: null, days: 0, minutes: null } }),
  line({ service: 'lift-repair', severity: 'S1', clock: 'safe', calendar_id: 'always' }),
  line({ region_id: 'r1', site_id: 's1', asset_id: 'l1' }),
  line({ starts_at: 'dispatch', stops_at: 'arrival', warn_percents: [50, 75] }),
  line({ internal_percent: 80, stops_for_parts: false }),
  line({ internal_seconds: 3600, stops_for_parts: true }),
];

it.each(clauses)('gives back line %#', (clause) => {
  const { promise, ...rest } = clause;
  const body = clauseOf(lineOf(clause));
  expect(body).toMatchObject(rest);
  const parts = { seconds: null, days: null, minutes: null };
  expect(body.promise && { ...parts, ...body.promise }).toEqual(promise);
});

it('forgets a place that was chosen before another kind of place', () => {
  const form = lineOf(line({ site_id: 's1' }));
  form.where = 'everywhere';
  expect(clauseOf(form).site_id).toBeNull();
});

it('reads amounts as people type them', () => {
  expect(numberOf('1,5')).toBe(1.5);
  expect(secondsOf({ amount: '1.5', unit: 'h' })).toBe(5400);
  expect(amountOf(2700)).toEqual({ amount: '45', unit: 'min' });
  expect(minutesOf('9:30')).toBe(570);
  expect(numberOf(' ')).toBeNull();
});

it('sends what is no number as it was typed, for the server to refuse', () => {
  expect(numberOf('soon')).toBe('soon');
  expect(minutesOf('noon')).toBe('noon');
});
