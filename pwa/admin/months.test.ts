import { expect, it } from 'vitest';
import { addMonths, lastMonths, monthSpan } from './months.ts';

it('begins a month where the site is, on both sides of the change of the clocks', () => {
  expect(monthSpan('2026-10', 'Europe/Andorra')).toEqual({
    from: '2026-09-30T22:00:00.000Z',
    to: '2026-10-31T23:00:00.000Z',
  });
  expect(monthSpan('', 'Europe/Andorra')).toBeUndefined();
});

it('counts months across years', () => {
  expect(addMonths('2026-01', -1)).toBe('2025-12');
  expect(lastMonths(new Date('2026-01-31T23:30:00Z'), 'Europe/Andorra', 3)).toEqual([
    '2026-02',
    '2026-01',
    '2025-12',
  ]);
});
