import { expect, test } from 'vitest';
import { Clock } from './clock.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');

function answer(serverTime: string): Response {
  return new Response('', { headers: { 'Palier-Time': serverTime } });
}

test('a device that is three hours ahead shows the server’s time', () => {
  const clock = new Clock(() => noon + 3 * 3_600_000);
  clock.learn(answer('2026-11-23T12:00:00Z'), noon + 3 * 3_600_000);
  expect(clock.now().toISOString()).toBe('2026-11-23T12:00:00.000Z');
  expect(clock.offsetSeconds).toBe(-10_800);
});

test('a slow answer was written halfway', () => {
  const clock = new Clock(() => noon + 4000);
  clock.learn(answer('2026-11-23T13:00:02Z'), noon);
  expect(clock.offsetSeconds).toBe(3600);
});

test('an answer too slow to know better changes nothing', () => {
  const clock = new Clock(() => noon + 60_000);
  clock.adopt(5_000);
  clock.learn(answer('2026-11-23T12:00:30Z'), noon);
  expect(clock.offsetMilliseconds).toBe(5_000);
});

test('an answer without a time changes nothing', () => {
  const clock = new Clock(() => noon);
  clock.learn(new Response(''), noon);
  expect(clock.offsetMilliseconds).toBe(0);
});

test('whoever shows the time is told that it moved', () => {
  const clock = new Clock(() => noon);
  const offsets: number[] = [];
  const stop = clock.onChange((offset) => offsets.push(offset));
  clock.adopt(1000);
  stop();
  clock.adopt(2000);
  expect(offsets).toEqual([1000]);
});
