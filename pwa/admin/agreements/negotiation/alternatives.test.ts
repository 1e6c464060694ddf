// Promises side by side: which trial tells of which, and amounts as people type them.
import { expect, test } from 'vitest';
import { Alternatives, type AlternativesGateway, type Trial } from './alternatives.svelte.ts';
import { amountOf } from './money.ts';
import { PriceList } from './price_list.svelte.ts';
import { keyOf, traceOf } from './parts.ts';

const gateway = (trials: Partial<Trial>[]): AlternativesGateway => ({
  read: async () => ({ items: [], quality: {} }),
  trials: async () => trials as Trial[],
  calendars: async () => [],
  add: async () => undefined,
  price: async () => undefined,
  choose: async () => undefined,
});

test('only a trial that is over and of the very same promise tells what it costs', async () => {
  const answer = {} as Trial['answer'];
  const view = new Alternatives(
    gateway([
      { id: 'right', severity: 'S2', within_seconds: 7200, answer },
      { id: 'runs', severity: 'S2', within_seconds: 7200, answer: null },
      { id: 'slower', severity: 'S2', within_seconds: 14_400, answer },
      { id: 'graver', severity: 'S1', within_seconds: 7200, answer },
    ]),
    { agreement: 'a', version: 'v' },
  );
  await view.trials.refresh();
  expect(view.trialsOf('S2', 7200).map(({ id }) => id)).toEqual(['right']);
  expect(view.trialsOf('S2', null)).toEqual([]);
});

test('an amount has a comma or a point, and at most two places', () => {
  expect(amountOf(' 120,50 ')).toBe('120.50');
  expect(amountOf('80')).toBe('80');
  expect(['', '1.234', '-1', 'many', '1,2,3'].map(amountOf)).toEqual(Array(5).fill(undefined));
});

test('a price holds everywhere, and in single regions others do', () => {
  const list = new PriceList([
    { region_id: null, amount: '120.00' },
    { region_id: 'valleys', amount: '95.00' },
  ]);
  list.add();
  const [, heights] = list.rows;
  const regions = [{ id: 'valleys' }, { id: 'heights' }];
  expect(list.open(regions, heights!)).toEqual([{ id: 'heights' }]);
  expect(list.prices).toBeUndefined();
  Object.assign(heights!, { region: 'heights', amount: '150,5' });
  expect(list.prices).toEqual([
    { region_id: null, amount: '120.00' },
    { region_id: 'valleys', amount: '95.00' },
    { region_id: 'heights', amount: '150.5' },
  ]);
  list.remove(list.rows[0]!);
  expect(list.prices?.map(({ region_id }) => region_id)).toEqual([null, 'heights']);
});

test('a part of the terms is known again by its key', () => {
  const part = { part: 'promise', service: 'REPAIR', severity: null, clock: 'response' } as const;
  expect(traceOf(keyOf(part))).toEqual(part);
});
