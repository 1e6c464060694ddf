import { describe, expect, test } from 'vitest';
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

test('an offset from an earlier start is used, and measured again', () => {
  const clock = new Clock(() => noon);
  clock.recall(5_000);
  expect([clock.offsetSeconds, clock.isDoubtful]).toEqual([5, true]);
  clock.learn(answer('2026-11-23T12:00:07Z'), clock.asking());
  expect([clock.offsetSeconds, clock.isDoubtful]).toEqual([7, false]);
});

describe('a device whose clock is set while the page is open', () => {
  function device() {
    let set = 0;
    let passed = 0;
    const clock = new Clock(() => noon + passed + set, () => passed);
    return {
      clock,
      pass: (milliseconds: number) => (passed += milliseconds),
      turn: (milliseconds: number) => (set += milliseconds),
    };
  }

  test('still shows the server’s time when it was turned back, without any network', () => {
    const { clock, pass, turn } = device();
    pass(60_000);
    turn(-3 * 3_600_000);
    expect(clock.isDoubtful).toBe(true);
    expect(clock.now().toISOString()).toBe('2026-11-23T12:01:00.000Z');
  });

  test('is in doubt when it went forward, until the server was heard', () => {
    const { clock, turn } = device();
    expect(clock.isDoubtful).toBe(false);
    turn(3_600_000);
    expect([clock.isDoubtful, clock.isDoubtful]).toEqual([true, true]);
    clock.learn(answer('2026-11-23T12:00:00Z'), clock.asking());
    expect([clock.isDoubtful, clock.offsetSeconds]).toEqual([false, -3600]);
  });

  test('learns nothing from an answer that was under way meanwhile', () => {
    const { clock, turn } = device();
    const askedAt = clock.asking();
    turn(-3_600_000);
    clock.learn(answer('2026-11-23T12:00:00Z'), askedAt);
    expect([clock.isDoubtful, clock.offsetSeconds]).toEqual([true, 3600]);
  });

  test('is not in doubt over the small corrections that every device makes', () => {
    const { clock, pass, turn } = device();
    for (let minute = 0; minute < 60; minute++) {
      pass(60_000);
      turn(100);
      expect(clock.isDoubtful).toBe(false);
    }
  });
});
