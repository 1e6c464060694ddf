import { beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '../../lib/api/problem.ts';
import { Drawer } from '../testing/drawer.ts';
import { Pulse } from './pulse.svelte.ts';

const post = vi.fn<(said: { day: string; score: number; key: string }) => Promise<unknown>>();
let drawer: Drawer;
const opened = async (): Promise<Pulse> => {
  const pulse = new Pulse(drawer, post);
  await pulse.open();
  return pulse;
};

beforeEach(() => {
  vi.resetAllMocks();
  post.mockResolvedValue({});
  drawer = new Drawer();
});

test('a day is asked about once, also after the page was closed', async () => {
  const pulse = await opened();
  expect(pulse.asks('2026-11-23')).toBe(true);
  await pulse.say('2026-11-23', 4, 'travel');
  expect(post.mock.calls.map(([said]) => [said.day, said.score])).toEqual([['2026-11-23', 4]]);
  const again = await opened();
  expect([again.asks('2026-11-23'), again.asks('2026-11-24')]).toEqual([false, true]);
});

test('said without a net it waits, goes out under one key, and once', async () => {
  post.mockRejectedValueOnce(Problem.from(new TypeError('Failed to fetch')));
  await (await opened()).say('2026-11-23', 2, 'parts');
  await opened();
  await opened();
  const keys = post.mock.calls.map(([said]) => said.key);
  expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
});
