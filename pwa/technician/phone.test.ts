import { flushSync } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import { api, Problem } from '../lib/api/index.ts';
import type { Send } from '../lib/offline/outbox.ts';
import { StorageFailure, Store } from '../lib/offline/store.ts';
import { appliedTo, oneByOne, outboxWith, storeWith, visit } from '../lib/offline/testing/makers.ts';
import { Watch } from './location/watch.svelte.ts';
import { Phone, type PhoneParts } from './phone.svelte.ts';

const willing = oneByOne(async (_id, command) => appliedTo(visit(), command, { status: 'accepted' }));

async function phoneWith(given: { send?: Send; isOnline?: () => boolean } & Partial<PhoneParts> = {}) {
  const { send = willing, isOnline = () => true, ...parts } = given;
  const store = await storeWith(visit());
  const outbox = outboxWith({ store, send, isOnline });
  const phone = new Phone({
    store,
    outbox,
    isOnline,
    pull: { run: async () => undefined },
    uploader: { flush: async () => 'done', stop: () => undefined },
    renewSession: async () => false,
    askBackgroundSync: async () => undefined,
    watch: new Watch({ store, client: api, now: Date.now, geolocation: undefined }),
    ...parts,
  });
  await vi.waitFor(() => expect(phone.notebook.isOpen).toBe(true));
  return { phone, store, outbox };
}

test('a step shows at once, before anybody answered', async () => {
  const { phone } = await phoneWith({ isOnline: () => false });
  await phone.record('visit-1', 'accept');
  await vi.waitFor(() => expect(phone.notebook.day.current?.status).toBe('accepted'));
  expect(phone.notebook.waiting).toHaveLength(1);
});

test('a step taken in another tab shows here too', async () => {
  const { phone, store } = await phoneWith({ isOnline: () => false });
  const tab = outboxWith({ store: new Store(store.account), send: willing, isOnline: () => false });
  await tab.add('visit-1', 'accept');
  await vi.waitFor(() => expect(phone.notebook.day.current?.status).toBe('accepted'));
});

test('once it is sent nothing waits any more', async () => {
  const { phone } = await phoneWith();
  await phone.record('visit-1', 'accept');
  await vi.waitFor(() => {
    expect(phone.notebook.unsent).toEqual([]);
    expect(phone.notebook.visit('visit-1')?.detail.visit.version).toBe(6);
  });
});

describe('taking back', () => {
  test('is offered while the step is still here, and undoes it', async () => {
    const { phone } = await phoneWith({ isOnline: () => false });
    await phone.record('visit-1', 'accept');
    await vi.waitFor(() => expect(phone.undoable?.kind).toBe('accept'));
    await phone.undo();
    await vi.waitFor(() => expect(phone.notebook.day.current?.status).toBe('dispatched'));
    expect(phone.undoable).toBeUndefined();
  });

  test('is offered for a step that is held, with the network there', async () => {
    const { phone } = await phoneWith();
    await phone.record('visit-1', 'decline', { reason: 'too_far' });
    await vi.waitFor(() => expect(phone.undoable?.kind).toBe('decline'));
    await phone.release();
    await vi.waitFor(() => expect(phone.undoable).toBeUndefined());
  });

  test('is no longer offered once the step may have reached the office', async () => {
    const { phone } = await phoneWith({ send: () => Promise.reject(Problem.offline()) });
    await phone.record('visit-1', 'accept');
    await vi.waitFor(() => expect(phone.notebook.waiting[0]?.tries).toBe(1));
    expect(phone.undoable).toBeUndefined();
  });
});

test('a sync without an answer means offline, not failed', async () => {
  const { phone } = await phoneWith({ pull: { run: async () => Problem.offline() } });
  await phone.wake();
  await vi.waitFor(() => expect(phone.isOffline).toBe(true));
  expect(phone.problem).toBeUndefined();
});

test('a sync that is refused says why', async () => {
  const { phone } = await phoneWith({ pull: { run: async () => new Problem({ code: 'not_found' }, 404) } });
  await phone.wake();
  await vi.waitFor(() => expect(phone.problem?.code).toBe('not_found'));
  expect(phone.isOffline).toBe(false);
});

test('a token that changed elsewhere is renewed, and the step goes out', async () => {
  const send = vi.fn<Send>().mockRejectedValueOnce(new Problem({ code: 'csrf_missing' }, 403)).mockImplementation(willing);
  const { phone } = await phoneWith({ send, renewSession: async () => true });
  await phone.record('visit-1', 'accept');
  await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(2));
  await vi.waitFor(() => expect(phone.notebook.visit('visit-1')?.detail.visit.version).toBe(6));
});

test('a phone that cannot store says so and does not pretend', async () => {
  const { phone, outbox } = await phoneWith();
  vi.spyOn(outbox, 'add').mockRejectedValue(new StorageFailure(new DOMException('full', 'QuotaExceededError')));
  expect(await phone.record('visit-1', 'accept')).toBe(false);
  flushSync();
  expect(phone.storageFailure?.isFull).toBe(true);
});

test('a step that was not kept is said until one is, whatever else goes well meanwhile', async () => {
  const { phone, outbox } = await phoneWith();
  vi.spyOn(outbox, 'add').mockRejectedValueOnce(new StorageFailure(new DOMException('full', 'QuotaExceededError')));
  await phone.record('visit-1', 'accept');
  await phone.wake();
  flushSync();
  expect(phone.storageFailure?.isFull).toBe(true);
  await phone.record('visit-1', 'accept');
  flushSync();
  expect(phone.storageFailure).toBeUndefined();
});

test('a visit that was taken away is told until it has been read', async () => {
  const { phone, store } = await phoneWith();
  const left = { number: 'AV-1042', siteName: 'Edifici Prat Gran', startsAt: '2026-11-23T09:30:00Z', zone: 'Europe/Andorra' };
  const why = { reason: 'reassigned', toFirstName: 'Tom', toldAt: '2026-11-23T09:00:00Z' } as const;
  await store.keep('left', [{ id: 'visit-8', ...left, ...why }, { id: 'visit-9', ...left, ...why }]);
  await vi.waitFor(() => expect(phone.notebook.left).toHaveLength(2));
  await phone.seenLeft(['visit-8']);
  await vi.waitFor(() => expect(phone.notebook.left.map(({ id }) => id)).toEqual(['visit-9']));
});

test('a day without a visit is told by the clock of the own region', async () => {
  const { phone, store } = await phoneWith();
  const { zone } = visit().site;
  await store.keep('office', { name: 'Lisboa', phone: '', zone: 'Europe/Lisbon' });
  await vi.waitFor(() => expect(phone.notebook.office?.name).toBe('Lisboa'));
  expect(phone.notebook.zone).toBe(zone);
  await store.write((writing) => writing.objectStore('visits').clear());
  await vi.waitFor(() => expect(phone.notebook.visits).toEqual([]));
  expect(phone.notebook.zone).toBe('Europe/Lisbon');
});

test('a visit of which nothing new is heard stays the same visit', async () => {
  const { phone, store } = await phoneWith();
  const before = phone.notebook.visits;
  await store.keep('syncedAt', '2026-11-23T09:40:00Z');
  await vi.waitFor(() => expect(phone.notebook.syncedAt).toBe('2026-11-23T09:40:00Z'));
  expect(phone.notebook.visits).toBe(before);
});

describe('leaving', () => {
  test('deletes what is on the phone when all is sent', async () => {
    const { phone, store } = await phoneWith();
    await phone.close({ deleting: true });
    expect(await indexedDB.databases()).not.toContainEqual(expect.objectContaining({ name: store.name }));
  });

  test('keeps what is unsent for the same person', async () => {
    const { phone, store } = await phoneWith({ isOnline: () => false });
    await phone.record('visit-1', 'accept');
    await phone.close({ deleting: true });
    expect(await store.pending()).toHaveLength(1);
  });
});
