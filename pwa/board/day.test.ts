import { expect, it } from 'vitest';
import { dayAfter, dayIn } from './day.ts';

it('steps over the end of a month and a leap day', () => {
  expect(dayAfter('2026-11-30', 1)).toBe('2026-12-01');
  expect(dayAfter('2028-03-01', -1)).toBe('2028-02-29');
});

it('knows the date of a zone, not of the device', () => {
  const instant = Date.parse('2026-11-23T23:30:00Z');
  expect(dayIn('Europe/Andorra', instant)).toBe('2026-11-24');
  expect(dayIn('UTC', instant)).toBe('2026-11-23');
});
