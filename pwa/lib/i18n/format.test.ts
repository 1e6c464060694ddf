import { afterEach, beforeAll, expect, test } from 'vitest';
import { catalogues } from '../../generated/technician.ts';
import { date, dateTime, duration, firstDay, isSameDay, number, relative, time, timeOrDate, timeRange } from './format.ts';
import { language } from './language.svelte.ts';

const zone = 'Europe/Andorra';

beforeAll(() => language.start(catalogues));
afterEach(() => language.change('en'));

test('times are the site’s, wherever the reader is', () => {
  expect(time('2026-11-23T13:05:00Z', zone)).toBe('14:05');
  expect(time('2026-07-23T13:05:00Z', zone)).toBe('15:05');
});

test('midnight is 00, not 24', () => {
  expect(time('2026-11-22T23:00:00Z', zone)).toBe('00:00');
});

test('in French the first day of a month is counted, and no other', async () => {
  await language.change('fr');
  expect(date('2026-05-01T10:00:00Z', zone)).toBe('1er mai 2026');
  expect(date('2026-05-21T10:00:00Z', zone)).toBe('21 mai 2026');
  expect(dateTime('2026-05-01T10:00:00Z', zone)).toBe('ven. 1er mai 12:00');
  expect(firstDay('janvier 2027')).toBe('janvier 2027');
  await language.change('nl');
  expect(date('2026-05-01T10:00:00Z', zone)).toBe('1 mei 2026');
});

test('a range over midnight stays short', () => {
  expect(timeRange('2026-11-23T22:30:00Z', '2026-11-23T23:15:00Z', zone)).toBe('23:30–00:15');
});

test('a range over days says which', () => {
  expect(timeRange('2026-11-23T08:00:00Z', '2026-11-25T08:00:00Z', zone)).toBe('09:00–Wed 25 Nov 09:00');
});

test.each([
  [59, '0\u00a0min'],
  [35 * 60, '35\u00a0min'],
  [95 * 60, '1\u00a0h\u00a035'],
  [65 * 60, '1\u00a0h\u00a005'],
  [120 * 60, '2\u00a0h'],
  [51 * 3600, '2\u00a0d\u00a03\u00a0h'],
  [-95 * 60, '1\u00a0h\u00a035'],
])('%i seconds read %s', (seconds, expected) => {
  expect(duration(seconds)).toBe(expected);
});

test('the same day needs no date', () => {
  const now = '2026-11-23T20:00:00Z';
  expect(timeOrDate('2026-11-23T08:00:00Z', now, zone)).toBe('09:00');
  expect(timeOrDate('2026-11-22T08:00:00Z', now, zone)).toBe('Sun 22 Nov 09:00');
});

test('distances in time are told in words', () => {
  expect(relative('2026-11-23T10:05:00Z', '2026-11-23T10:00:00Z')).toBe('in 5 minutes');
  expect(relative('2026-11-23T08:00:00Z', '2026-11-23T10:00:00Z')).toBe('2 hours ago');
});

test('changing the language changes how dates are written', async () => {
  await language.change('fr');
  expect(dateTime('2026-11-23T13:05:00Z', zone)).toBe('lun. 23 nov. 14:05');
});

test.each([
  ['2026-11-22T23:00:00Z', '2026-11-23T22:59:00Z', true],
  ['2026-11-22T22:59:00Z', '2026-11-22T23:01:00Z', false],
  ['2026-11-23T09:00:00Z', '2026-11-24T09:00:00Z', false],
  // 25 hours from midnight to midnight, then 23.
  ['2026-10-24T22:05:00Z', '2026-10-25T22:55:00Z', true],
  ['2026-10-24T22:55:00Z', '2026-10-25T23:05:00Z', false],
  ['2026-03-28T23:05:00Z', '2026-03-29T21:55:00Z', true],
  ['2026-03-28T23:55:00Z', '2026-03-29T22:05:00Z', false],
])('%s and %s are one day in Andorra: %s', (one, other, expected) => {
  expect(isSameDay(one, other, zone)).toBe(expected);
  expect(isSameDay(other, one, zone)).toBe(expected);
});

test('numbers are grouped as the language does', async () => {
  expect([number(7), number(999), number(-7), number(0.5), number(12345)]).toEqual(['7', '999', '-7', '0.5', '12,345']);
  await language.change('fr');
  expect(number(0.5)).toBe('0,5');
});
