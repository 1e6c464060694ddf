import { expect, it } from 'vitest';
import { bodyOf, emptyForm, lastDayOf, standingOf } from './form.ts';

const now = new Date('2026-11-22T10:00:00Z');

it.each([
  [null, 'lasting'],
  ['2026-11-22T10:00:00Z', 'ended'],
  ['2026-12-22T10:00:00Z', 'soon'],
  ['2026-12-22T10:00:01Z', 'valid'],
] as const)('a key until %s is %s', (until, standing) => {
  expect(standingOf(until, now)).toBe(standing);
});

it('holds to the end of its last day, a year unless somebody chooses', () => {
  const form = { ...emptyForm('2026-11-22'), name: 'Phones', role: 'dispatcher' as const };
  expect(form.lastDay).toBe('2027-11-22');
  expect(bodyOf(form).expires_at).toBe(new Date('2027-11-23T00:00:00').toISOString());
  expect(bodyOf({ ...form, lastDay: '' }).expires_at).toBeNull();
});

it('of a manager has a customer instead of regions', () => {
  const form = { ...emptyForm('2026-11-22'), name: 'Portal', role: 'manager' as const, regions: ['valls'] };
  expect(() => bodyOf(form)).toThrow();
  expect(bodyOf({ ...form, customer: 'hotel' })).toMatchObject({ region_ids: null, customer_id: 'hotel' });
});

it('names the last day it holds, where the reader is', () => {
  expect(lastDayOf('2027-11-22T23:00:00Z', 'Europe/Paris')).toBe('2027-11-22');
  expect(lastDayOf('2027-11-22T23:00:01Z', 'Europe/Paris')).toBe('2027-11-23');
});
