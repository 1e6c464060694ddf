import { openDB } from 'idb';
import { describe, expect, test, vi } from 'vitest';
import { StorageFailure, Store } from './store.ts';
import { outboxWith, storeWith, unsent, visit } from './testing/makers.ts';

test('storage that the phone closed is opened again and the act repeated', async () => {
  const store = await storeWith(visit());
  const act = vi
    .fn<() => Promise<number>>()
    .mockRejectedValueOnce(new DOMException('asleep', 'InvalidStateError'))
    .mockImplementation(async () => (await store.visits()).length);
  expect(await store.safely(act)).toBe(1);
});

test('storage that stays broken is reported, not swallowed', async () => {
  const store = await storeWith();
  const act = () => Promise.reject(new DOMException('Connection to Indexed Database server lost', 'UnknownError'));
  await expect(store.safely(act)).rejects.toMatchObject({ name: 'StorageFailure', isFull: false });
});

test('a full phone says so at once', async () => {
  const store = await storeWith();
  const act = vi.fn(() => Promise.reject(new DOMException('full', 'QuotaExceededError')));
  await expect(store.safely(act)).rejects.toSatisfy(
    (error) => error instanceof StorageFailure && error.isFull,
  );
  expect(act).toHaveBeenCalledTimes(1);
});

test('what failed halfway left nothing behind, and the reason is the caller’s own', async () => {
  const store = await storeWith(visit());
  const failing = store.write(async (writing) => {
    await writing.objectStore('kept').put({ name: 'draft:one', value: 'half' });
    throw new RangeError('not like this');
  });
  await expect(failing).rejects.toThrow(RangeError);
  expect(await store.keptUnder('draft:one')).toBeUndefined();
});

test('a command is on the disk before anybody is told that it is safe; a draft need not be', async () => {
  const store = await storeWith(visit());
  const asked = vi.spyOn(IDBDatabase.prototype, 'transaction');
  await outboxWith({ store, send: async () => [], isOnline: () => false }).add('visit-1', 'accept');
  await store.keep('draft:note', 'The key is');
  const modes = asked.mock.calls.filter(([, mode]) => mode === 'readwrite').map(([, , options]) => options);
  expect(modes).toEqual([{ durability: 'strict' }, { durability: 'relaxed' }]);
});

test('two tabs are told of each other’s changes', async () => {
  const [one, other] = [new Store('shared'), new Store('shared')];
  const told = vi.fn();
  other.onChange(told);
  await one.keep('sequence', 7);
  await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1));
  expect(await other.keptUnder('sequence')).toBe(7);
});

test('a newer version of the app in another tab is not kept waiting', async () => {
  const store = await storeWith(visit());
  await store.pending();
  const newer = await openDB(store.name, 31);
  newer.close();
  await expect(store.pending()).rejects.toBeInstanceOf(StorageFailure);
});

test('nothing is deleted while a step or a photo is still here', async () => {
  for (const table of ['outbox', 'files'] as const) {
    const store = await storeWith(visit());
    await store.write(async (writing) => {
      if (table === 'outbox') await writing.objectStore('outbox').add(unsent('accept'));
      else await writing.objectStore('files').put({ ...photo, visitId: 'visit-1' });
    });
    expect(await store.deleteSent()).toBe(false);
    expect(await store.visits()).toHaveLength(1);
  }
});

const photo = {
  id: 'photo-1', kind: 'photo', sha256: '', size: 3, mediaType: 'image/jpeg', takenAt: '2026-11-23T10:00:00Z',
  signer: '', item: null, note: '', state: 'waiting', sent: 0,
} as const;

describe.each([10, 20])('a phone whose app left version %i', (version) => {
  /** As the app wrote it before, with a step that was tried and one that was refused. */
  async function older(): Promise<Store> {
    const account = `older-${version}`;
    const database = await openDB(`palier-${account}`, version, {
      upgrade(made) {
        made.createObjectStore('visits', { keyPath: 'id' });
        const outbox = made.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true });
        outbox.createIndex('id', 'id', { unique: true });
        outbox.createIndex('visitId', 'visitId');
        made.createObjectStore('kept', { keyPath: 'name' });
      },
    });
    const { trails: _trails, checklist: _checklist, exclusions: _exclusions, files: _files, ...detail } = visit();
    await database.put('visits', { id: 'visit-1', detail, isGone: false });
    await database.put('kept', { name: 'cursor', value: '7' });
    await database.put('kept', { name: 'sequence', value: 2 });
    await database.put('kept', { name: 'draft:note:visit-1', value: 'The key is' });
    for (const changes of [{ state: 'parked', refusal, tries: 1 }, { state: 'waiting', refusal: null, tries: 0 }])
      await database.add('outbox', { ...written, ...changes, id: `${changes.state}` });
    database.close();
    return new Store(account);
  }

  const refusal = { outcome: 'conflict', code: 'move_not_allowed', facts: {} };
  const written = {
    visitId: 'visit-1', kind: 'accept', payload: { note: 'On my way' }, at: '2026-11-23T10:00:00.000Z',
    clockOffsetSeconds: -3, baseVersion: 5, device: 'phone', sequence: 2,
  };

  test('opens with everything unsent, in order and with its ids', async () => {
    const { visitId: id, ...same } = written;
    const taken = { ...same, target: { kind: 'visit', id }, heldUntil: null, files: [] };
    expect(await (await older()).pending()).toEqual([
      { ...taken, order: 1, id: 'parked', state: 'parked', refusal, tries: 1 },
      { ...taken, order: 2, id: 'waiting', state: 'waiting', refusal: null, tries: 0 },
    ]);
  });

  test('shows its visits, goes on with its numbers and its drafts', async () => {
    const store = new Store(`older-${version}`);
    expect((await store.visit('visit-1'))?.detail).toMatchObject({ checklist: [], trails: [], exclusions: [], files: [] });
    expect(await store.keptUnder('sequence')).toBe(2);
    expect(await store.keptUnder('draft:note:visit-1')).toBe('The key is');
  });
});
