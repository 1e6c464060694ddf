import { expect, test, vi } from 'vitest';
import { Problem } from '../api/problem.ts';
import { type Ask, Pull, type SyncOut } from './pull.ts';
import { outboxWith, storeWith, visit } from './testing/makers.ts';

function news(changes: Partial<SyncOut> = {}): SyncOut {
  return {
    cursor: 'c1',
    authority_eur: null,
    is_full: false,
    now: '2026-11-23T10:00:00Z',
    technician_id: 'technician-1',
    technician_name: 'Inès Roca',
    shifts: [],
    visits: [],
    gone: [],
    left: [],
    parts: null,
    duty: { technician_id: 'tech-1', state: 'off', since: null, until: null, version: 0, allowed: [] },
    location: {
      is_offered: true,
      is_on: false,
      notice_version: 1,
      accepted_version: null,
      keeps_days: 60,
      allowed_until: null,
    },
    arrival: { by: 'manual', radius_m: 150 },
    office: { name: 'Valls', phone: '+376000001', zone: 'Europe/Andorra' },
    ...changes,
  };
}

test('a new visit reaches the phone, and the next question starts from there', async () => {
  const store = await storeWith();
  const ask = vi.fn<Ask>(async () => news({ visits: [visit()] }));
  const pull = new Pull(store, ask);
  await pull.run();
  await pull.run();
  expect(await store.visits()).toHaveLength(1);
  expect(ask.mock.calls).toEqual([[undefined], ['c1']]);
});

test('a full answer replaces what was there', async () => {
  const store = await storeWith(visit({ id: 'old' }));
  await new Pull(store, async () => news({ is_full: true, visits: [visit({ id: 'new' })] })).run();
  expect((await store.visits()).map(({ id }) => id)).toEqual(['new']);
});

test('a visit taken away disappears', async () => {
  const store = await storeWith(visit());
  await new Pull(store, async () => news({ gone: ['visit-1'] })).run();
  expect(await store.visits()).toHaveLength(0);
});

test('a visit taken away stays while something unsent refers to it', async () => {
  const store = await storeWith(visit());
  const send = () => Promise.reject(Problem.offline());
  await outboxWith({ store, send, isOnline: () => false }).add('visit-1', 'accept');
  await new Pull(store, async () => news({ gone: ['visit-1'] })).run();
  expect(await store.visit('visit-1')).toMatchObject({ isGone: true });
  expect(await store.pending()).toHaveLength(1);
});

test('an answer overtaken by a command does not turn the visit back', async () => {
  const store = await storeWith(visit({ version: 7, status: 'en_route' }));
  await new Pull(store, async () => news({ visits: [visit({ version: 6 })] })).run();
  expect((await store.visit('visit-1'))?.detail.visit.status).toBe('en_route');
});

test('a failed sync leaves the day as it was and says why', async () => {
  const store = await storeWith(visit());
  const problem = await new Pull(store, () => Promise.reject(Problem.offline())).run();
  expect(problem?.isOffline).toBe(true);
  expect(await store.visits()).toHaveLength(1);
});

test('a wish for news during a sync leads to one more', async () => {
  const store = await storeWith();
  const ask = vi.fn<Ask>(async () => news());
  const pull = new Pull(store, ask);
  await Promise.all([pull.run(), pull.run(), pull.run()]);
  expect(ask).toHaveBeenCalledTimes(2);
});

test('the catalogue of parts stays until a new one comes', async () => {
  const store = await storeWith();
  const names = { en: 'Door belt', fr: 'Courroie', es: 'Correa', nl: 'Riem' };
  const belt = { id: 'part-1', code: 'BELT', names, unit: 'piece', price_eur: null, is_withdrawn: false, version: 1 } as const;
  await new Pull(store, async () => news({ is_full: true, parts: [belt] })).run();
  await new Pull(store, async () => news()).run();
  expect(await store.keptUnder('parts')).toEqual([belt]);
});

test('what somebody took away is remembered with why and who has it now, once', async () => {
  const store = await storeWith(visit());
  const taken = news({ gone: ['visit-1'], left: [{ id: 'visit-1', reason: 'reassigned', to_first_name: 'Pau' }] });
  await new Pull(store, async () => taken).run();
  await new Pull(store, async () => taken).run();
  expect(await store.keptUnder('left')).toEqual([
    expect.objectContaining({ id: 'visit-1', number: 'AV-1042', reason: 'reassigned', toFirstName: 'Pau' }),
  ]);
});

test('a visit this phone never showed did not leave it', async () => {
  const store = await storeWith();
  await new Pull(store, async () => news({ left: [{ id: 'other', reason: 'cancelled', to_first_name: null }] })).run();
  expect(await store.keptUnder('left')).toBeUndefined();
});
