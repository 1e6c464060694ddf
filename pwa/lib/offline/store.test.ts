import { Dexie } from 'dexie';
import { expect, test, vi } from 'vitest';
import { StorageFailure } from './store.ts';
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
