import { describe, expect, it } from 'vitest';
import { Credits } from './credits.svelte.ts';
import type { CreditsGateway } from './gateway.ts';
import { OneCredit } from './one_credit.svelte.ts';
import { breach, credit } from '../testing/makers.ts';
import { refusal, twin } from '../testing/twin.ts';

describe('the register of credit notes', () => {
  it('adds up what is on screen by currency, to the cent, without what was dropped', async () => {
    const notes = [
      credit({ amount: '0.10' }),
      credit({ amount: '0.20' }),
      credit({ amount: '7.00', status: 'dropped' }),
      credit({ amount: '-3.50', currency: 'CHF' }),
    ];
    const credits = new Credits(twin<CreditsGateway>({ credits: async () => notes }));
    await credits.list.refresh();
    expect(credits.totals).toEqual([
      ['CHF', '-3.50'],
      ['EUR', '0.30'],
    ]);
  });

  it('says what a proposed month brought, and reads the list again', async () => {
    const server = twin<CreditsGateway>({ credits: async () => [], propose: async () => [credit()] });
    const credits = new Credits(server);
    credits.proposing = '2026-10';
    expect(await credits.propose()).toBe(true);
    expect(credits.proposed).toEqual({ month: '2026-10', count: 1 });
    expect(server.asked.map(({ call }) => call)).toEqual(['propose', 'credits']);
  });

  it('says why a month cannot be proposed', async () => {
    const server = twin<CreditsGateway>({ propose: () => Promise.reject(refusal('month_not_over')) });
    const credits = new Credits(server);
    credits.proposing = '2026-11';
    expect(await credits.propose()).toBe(false);
    expect(credits.deed.problem?.code).toBe('month_not_over');
  });
});

describe('one credit note', () => {
  async function opened(answers: Partial<CreditsGateway>) {
    const note = credit({ breach_ids: ['breach', 'elsewhere'] });
    const server = twin<CreditsGateway>({
      credit: async () => note,
      breach: (id) => (id === 'breach' ? Promise.resolve(breach()) : Promise.reject(refusal('not_found', 404))),
      ...answers,
    });
    const one = new OneCredit(server, 'note');
    await one.loaded.refresh();
    return { one, server };
  }

  it('names the breaches behind it that the reader may see', async () => {
    const { one } = await opened({});
    expect(one.breaches.map(({ id }) => id)).toEqual(['breach']);
  });

  it('asks why before it is dropped, and not before it is checked', async () => {
    const { one, server } = await opened({ step: async (note) => note });
    await one.take('check');
    await one.take('drop');
    expect(one.asked).toBe('drop');
    one.reason = ' Paid already ';
    await one.take('drop');
    const steps = server.asked.filter(({ call }) => call === 'step').map(({ given }) => given.slice(1, 3));
    expect(steps).toEqual([
      ['check', ''],
      ['drop', 'Paid already'],
    ]);
    expect(one.asked).toBeUndefined();
  });

  it('leads to the note that takes it back', async () => {
    const counter = credit({ id: 'counter', amount: '-50.00' });
    const { one } = await opened({ step: async () => counter });
    await one.take('counter');
    one.reason = 'Wrong month';
    expect(await one.take('counter')).toBe(counter);
  });

  it('keeps the reason when somebody else was faster, and shows how it stands', async () => {
    const { one, server } = await opened({ step: () => Promise.reject(refusal('stale')) });
    await one.take('drop');
    one.reason = 'Paid already';
    expect(await one.take('drop')).toBeUndefined();
    expect([one.reason, one.deed.problem?.code]).toEqual(['Paid already', 'stale']);
    expect(server.asked.filter(({ call }) => call === 'credit')).toHaveLength(2);
  });
});
