import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { catalogues } from '../../generated/portal.ts';
import { language, languageTags } from '../../lib/i18n/index.ts';
import { aCreditNote, aVersion } from '../testing/makers.ts';
import type { Penalties } from '../wire.ts';
import { creditSentence, penaltySentences, validSentence } from './agreement.ts';

beforeAll(() => language.start(catalogues));
beforeEach(() => language.change('en'));

const penalties: Penalties = {
  currency: 'EUR',
  monthly_fee: '180.00',
  unit: 'asset',
  rules: [
    { kind: 'per_breach', percent: '5.0000', count: null, tiers: null },
    { kind: 'chronic', percent: '20.0000', count: 3, tiers: null },
    { kind: 'tier', percent: null, count: null, tiers: [{ below: '99.0000', percent: '10.0000' }] },
  ],
  cap_percent: '50.0000',
};

describe('an agreement', () => {
  it('says since when it holds, and until when', () => {
    const open = aVersion({ valid_from: '2026-01-01', valid_to: null });
    const closed = aVersion({ valid_from: '2025-01-01', valid_to: '2026-01-01' });
    expect(validSentence(open, '2026-06-02')).toBe('In force since 1 January 2026.');
    expect(validSentence(open, '2025-06-02')).toBe('In force from 1 January 2026.');
    expect(validSentence(closed, '2025-06-02')).toBe('In force from 1 January 2025 to 31 December 2025.');
    expect(validSentence(closed, '2026-06-02')).toBe('Was in force from 1 January 2025 to 31 December 2025.');
    expect(validSentence(aVersion({ status: 'legal_hold' }), '2026-06-02')).toContain('Its end has been asked for.');
  });

  it('says what a missed promise costs', () => {
    expect(penaltySentences(penalties)).toEqual([
      'The fee is €180.00 a month for each unit, net.',
      'Each promise we miss gives you back 5% of it.',
      '3 missed promises in a month or more give you back 20%.',
      'If it runs less than 99% of the agreed time, you get back 10%.',
      'Of several, the largest counts.',
      'Never more than 50% of the fee in a month.',
    ]);
  });

  it.each(languageTags)('is told in %s without a gap', async (tag) => {
    await language.change(tag);
    const texts = [...penaltySentences(penalties), validSentence(aVersion(), '2026-06-02'), creditSentence(aCreditNote())];
    expect(texts.join(' ')).not.toMatch(/\{|portal\./);
  });
});

describe('a credit note', () => {
  it('is for the rule that gave most', () => {
    const lines = [
      { kind: 'per_breach', amount: '9.00', availability: null },
      { kind: 'tier', amount: '18.00', availability: '98.5' },
    ] as const;
    expect(creditSentence(aCreditNote({ lines: [...lines] }))).toBe(
      'It ran only 98.5% of the agreed time in May 2026, Hotel Roc.',
    );
    expect(creditSentence(aCreditNote())).toBe('For promises we missed in May 2026, Hotel Roc.');
  });

  it('says which one it takes back', () => {
    expect(creditSentence(aCreditNote({ counters: 'CN-7' }))).toBe('Takes back credit note CN-7.');
  });
});
