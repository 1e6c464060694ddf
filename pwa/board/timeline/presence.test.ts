import { expect, test } from 'vitest';
import { dutyRemark } from './presence.ts';

const shift = { kind: 'shift' as const, starts_at: '2026-11-23T07:00:00Z', ends_at: '2026-11-23T16:00:00Z', lunch: null };
const noon = Date.parse('2026-11-23T12:00:00Z');

test.each([
  ['off', null, undefined],
  ['on_shift', '2026-11-23T07:02:00Z', undefined],
  ['on_break', '2026-11-23T11:50:00Z', 'on_break'],
  ['sick', '2026-11-23T08:00:00Z', 'sick'],
  ['off', '2026-11-23T11:00:00Z', 'ended'],
  // Yesterday's end says nothing of a shift that was not begun on the phone.
  ['off', '2026-11-22T16:00:00Z', undefined],
] as const)('%s since %s is remarked on as %s', (state, since, remark) => {
  expect(dutyRemark({ duty: { state, since, until: null }, shifts: [shift], absences: [] }, noon)).toBe(remark);
});

test('somebody away is remarked on while they are, and not before', () => {
  const absences = [{ kind: 'leave' as const, starts_at: '2026-11-23T12:00:00Z', ends_at: '2026-11-23T18:00:00Z' }];
  const technician = { duty: { state: 'off' as const, since: null, until: null }, shifts: [shift], absences };
  expect([noon - 1, noon].map((now) => dutyRemark(technician, now))).toEqual([undefined, 'away']);
});
