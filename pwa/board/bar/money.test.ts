import { describe, expect, it } from 'vitest';
import { Money } from './money.svelte.ts';
import { at } from '../testing/makers.ts';
import { refusal, twin } from '../testing/twin.ts';
import type { MoneyAtRisk } from '../wire.ts';

const read = (totals: Record<string, string>): MoneyAtRisk => ({
  region_id: 'valls',
  now: at('10:00'),
  until: at('12:00'),
  totals,
  items: [],
});

describe('money at risk', () => {
  it('is said by currency, with the hours it is about', async () => {
    const money = new Money(twin({ moneyAtRisk: async () => read({ EUR: '340.00', CHF: '0.00' }) }));
    await money.refresh('valls');
    expect(money.totals).toEqual([['EUR', '340.00']]);
    expect(money.hours).toBe(2);
  });

  it('is not there when nothing is lost', async () => {
    const money = new Money(twin({ moneyAtRisk: async () => read({ EUR: '0.00' }) }));
    await money.refresh('valls');
    expect(money.atRisk).toBeNull();
  });

  it('goes when the server no longer says it', async () => {
    let isAway = false;
    const moneyAtRisk = async () => {
      if (isAway) throw refusal('unreachable', 0);
      return read({ EUR: '340.00' });
    };
    const money = new Money(twin({ moneyAtRisk }));
    await money.refresh('valls');
    isAway = true;
    await money.refresh('valls');
    expect(money.atRisk).toBeNull();
  });
});
