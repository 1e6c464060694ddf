import { Dexie } from 'dexie';
import { expect, test, vi } from 'vitest';
import { StorageFailure, Store } from './store.ts';
import { storeWith, visit } from './testing/makers.ts';

test('storage that the phone closed is opened again and the act repeated', async () => {
  const store = await storeWith(visit());
  const act = vi
    .fn<() => Promise<number>>()
    .mockRejectedValueOnce(new Dexie.DatabaseClosedError('asleep'))
    .mockImplementation(() => store.visits.count());
  expect(await store.safely(act)).toBe(1);
});

test('storage that stays broken is reported, not swallowed', async () => {
  const store = await storeWith();
  const act = () => Promise.reject(new Dexie.DatabaseClosedError('gone'));
  await expect(store.safely(act)).rejects.toMatchObject({ name: 'StorageFailure', isFull: false });
});

test('a full phone says so at once', async () => {
  const store = await storeWith();
  const act = vi.fn(() => Promise.reject(new Dexie.QuotaExceededError('full')));
  await expect(store.safely(act)).rejects.toSatisfy(
    (error) => error instanceof StorageFailure && error.isFull,
  );
  expect(act).toHaveBeenCalledTimes(1);
});

test('visits kept by an older version stay readable, and everything is asked for again', async () => {
  const older = new Dexie('palier-older');
  older.version(1).stores({ visits: 'id', outbox: '++order, &id, visitId', kept: 'name' });
  const { trails: _trails, checklist: _checklist, exclusions: _exclusions, ...detail } = visit();
  await older.table('visits').put({ id: 'visit-1', detail, isGone: false });
  await older.table('kept').put({ name: 'cursor', value: '7' });
  older.close();

  const store = new Store('older');
  expect((await store.visits.get('visit-1'))?.detail).toMatchObject({ checklist: [], trails: [], exclusions: [] });
  expect(await store.keptUnder('cursor')).toBeUndefined();
});
