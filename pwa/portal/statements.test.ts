import { beforeAll, describe, expect, it } from 'vitest';
import { catalogues } from '../generated/portal.ts';
import { language } from '../lib/i18n/index.ts';
import { daysOf, detailsOf, rawRow, type StatementLine, titleOf } from '../lib/statements/lines.ts';

const line = (given: Partial<StatementLine>): StatementLine => ({
  kind: 'flat',
  agreement_number: 'A-1',
  currency: 'EUR',
  amount: '250.00',
  price: '250.00',
  quantity: '1',
  days: 30,
  measure: null,
  at_least: null,
  value: null,
  standing: null,
  interventions: [],
  done_on: null,
  credit: null,
  goodwill: null,
  ...given,
});

describe('a statement', () => {
  beforeAll(async () => {
    await language.start(catalogues);
    await language.change('en');
  });

  it('says of a credit which missed promises it rests on', () => {
    const breaches = ['2026-000001', '2026-000001', '2026-000002'].map((number, index) => ({
      id: String(index),
      number,
      clock: 'response' as const,
      occurred_at: '2026-06-02T09:15:00Z',
    }));
    const credit = { number: 'CN-1', month: '2026-05', unit_name: 'Hotel', breaches, agreed_minutes: null, down_minutes: null, counters: null };
    const told = line({ kind: 'credit', amount: '-12.50', price: null, quantity: null, days: null, credit });
    expect(titleOf(told)).toBe('Credit note CN-1');
    expect(detailsOf(told, 30)).toEqual([
      'Agreement A-1',
      'May 2026, Hotel',
      'Rests on 3 missed promises',
      '2026-000001, 2026-000002',
    ]);
  });

  it('says of a credit for availability which minutes of the ledger it rests on', () => {
    const credit = { number: 'CN-2', month: '2026-05', unit_name: 'Lift', breaches: [], agreed_minutes: 43200, down_minutes: 540, counters: null };
    expect(detailsOf(line({ kind: 'credit', days: null, credit }), 30).at(-1)).toBe(
      'Rests on availability: out of service for 540 of 43,200 agreed minutes',
    );
  });

  it('says whether an outcome was reached, and that too few answered', () => {
    const bonus = { kind: 'outcome_bonus', measure: 'csat_top2', at_least: '80', value: '86.7' } as const;
    expect(titleOf(line(bonus))).toBe('Bonus · satisfied customers');
    expect(detailsOf(line({ ...bonus, standing: 'reached' }), 30).at(-1)).toBe('86.7%, at least 80% was agreed: reached');
    expect(detailsOf(line({ ...bonus, value: null, standing: 'unknown' }), 30).at(-1)).toContain('Too few answers');
  });

  it('tells of a month in force in part, and of no whole one', () => {
    expect(detailsOf(line({ days: 29 }), daysOf('2026-06'))).toContain('In force on 29 days of the month');
    expect(detailsOf(line({ days: 30 }), daysOf('2026-06'))).toEqual(['Agreement A-1']);
  });

  it('names the day of work that stands by itself, and says what was told too late', () => {
    const off = line({ kind: 'later_day', amount: '-15.00', price: null, quantity: null, days: null, interventions: ['2026-000007'], done_on: '2026-06-03' });
    expect(titleOf(off)).toBe('Waited for a later day');
    expect(detailsOf(off, 30)).toEqual(['Agreement A-1', '2026-000007', 'Done on 3 Jun 2026']);
    const late = line({ kind: 'per_resolved_job', days: null, interventions: ['2026-000008'], done_on: '2026-06-30' });
    expect(detailsOf(late, 30).at(-1)).toBe('Done on 30 Jun 2026, told after the statement of that month was issued');
  });

  const gift = { id: 'gift', given_on: '2026-06-02', withdrawn_on: null, by: '', reason: '', intervention_id: null, region_id: null };
  const given = { kind: 'goodwill', agreement_number: '', amount: '-40.00', price: null, quantity: null, days: null, interventions: ['2026-000007'] } as const;

  it('tells the customer of goodwill for which work and when, and nothing of the house', () => {
    const told = line({ ...given, interventions: [...given.interventions], goodwill: gift });
    expect(titleOf(told)).toBe('Goodwill gesture');
    expect(detailsOf(told, 30)).toEqual(['2026-000007', 'Promised on 2 Jun 2026']);
    expect(rawRow(told, 30)).toEqual(['Goodwill gesture', '2026-000007; Promised on 2 Jun 2026', null, null, '-40.00', 'EUR']);
  });

  it('tells the office who took goodwill back, and why', () => {
    const back = { ...gift, withdrawn_on: '2026-07-03', by: 'Dora', reason: 'Promised twice' };
    const told = line({ ...given, kind: 'goodwill_withdrawn', amount: '40.00', interventions: [], goodwill: back });
    expect(titleOf(told)).toBe('Goodwill gesture taken back');
    expect(detailsOf(told, 30)).toEqual(['Promised on 2 Jun 2026, taken back on 3 Jul 2026', 'By Dora: Promised twice']);
  });

  it('goes into a file as exact decimals', () => {
    expect(rawRow(line({ quantity: '2.3333', amount: '583.33' }), 30).slice(2)).toEqual(['2.3333', '250.00', '583.33', 'EUR']);
  });
});
