import { expect, test } from 'vitest';
import { fitted, hasRoom } from './camera.ts';

test.each([
  [{ width: 4000, height: 3000 }, { width: 1600, height: 1200 }],
  [{ width: 3000, height: 4000 }, { width: 1200, height: 1600 }],
  [{ width: 800, height: 600 }, { width: 800, height: 600 }],
  [{ width: 20000, height: 3 }, { width: 1600, height: 1 }],
])('a picture of %o is kept as %o', (given, kept) => {
  expect(fitted(given)).toEqual(kept);
});

test.each([
  ['a phone with room', { quota: 100_000_000, usage: 10_000_000 }, true],
  ['a phone that is nearly full', { quota: 100_000_000, usage: 90_000_000 }, false],
  ['a phone that does not say', {}, true],
])('%s', async (_phone, estimate, isRoom) => {
  expect(await hasRoom({ estimate: async () => estimate })).toBe(isRoom);
});

test('a phone that cannot be asked', async () => {
  expect(await hasRoom(undefined)).toBe(true);
});
