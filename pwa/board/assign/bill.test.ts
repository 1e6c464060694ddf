import { expect, it } from 'vitest';
import type { Move } from '../wire.ts';
import { candidate } from '../testing/makers.ts';
import { breaksPromise, dearerThan } from './bill.ts';

const move = (before: number, after: number) =>
  ({
    lateness_before_seconds: before,
    lateness_after_seconds: after,
    promise_flips: before > 0 !== after > 0,
  }) as Move;

it('counts a promise that turns late as broken', () => {
  expect(breaksPromise(move(0, 720))).toBe(true);
});

it('does not count a promise that is kept again, nor one that stays late', () => {
  expect(breaksPromise(move(720, 0))).toBe(false);
  expect(breaksPromise(move(600, 720))).toBe(false);
});

it('says how much dearer than the first somebody is, and what for', () => {
  const first = candidate('ines', { delta: 720, terms: { travel: 720 } });
  const other = candidate('marc', { delta: 6120, terms: { travel: 1320, late: 4800 } });
  expect(dearerThan(first, other)).toEqual({ by: 5400, mostlyFor: 'late' });
  expect(dearerThan(first, { ...first, technician_id: 'zoe' })).toBeNull();
});
