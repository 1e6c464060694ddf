import { describe, expect, test } from 'vitest';
import type { Duty, DutyKind, Pending } from '../../lib/offline/commands.ts';
import type { Kept } from '../../lib/offline/database.ts';
import { dutyView } from './duty.ts';

const shift: Kept['shifts'][number] = {
  kind: 'shift',
  starts_at: '2026-11-23T07:00:00Z',
  ends_at: '2026-11-23T16:00:00Z',
  lunch: null,
};
const onCall: typeof shift = { ...shift, kind: 'on_call', starts_at: '2026-11-23T17:00:00Z', ends_at: '2026-11-24T06:00:00Z' };

function at(hour: number): number {
  return Date.parse('2026-11-23T00:00:00Z') + hour * 3_600_000;
}

function known(state: Duty['state'], until: string | null = null): Duty {
  return { technician_id: 'technician-1', state, since: '2026-11-23T06:58:00Z', until, version: 1, allowed: [] };
}

function said(kind: DutyKind, hour: number, state: Pending['state'] = 'waiting'): Pending {
  return {
    id: `${kind}-${hour}`,
    target: { kind: 'technician', id: 'technician-1' },
    kind,
    payload: {},
    at: new Date(at(hour)).toISOString(),
    clockOffsetSeconds: 0,
    baseVersion: 0,
    device: 'phone',
    sequence: hour,
    state,
    tries: 0,
    refusal: null,
    heldUntil: null,
    files: [],
  };
}

test('a whole day is told without signal, each step on top of the one before', () => {
  const steps = [said('start_shift', 7), said('start_break', 12), said('end_break', 13), said('end_shift', 16)];
  const seen = steps.map((_, index) => dutyView(undefined, [shift], steps.slice(0, index + 1), at(15)).state);
  expect(seen).toEqual(['on_shift', 'on_break', 'on_shift', 'off']);
  expect(dutyView(undefined, [shift], steps.slice(0, 1), at(8))).toMatchObject({
    since: '2026-11-23T07:00:00.000Z',
    allowed: ['start_break', 'end_shift', 'report_sick'],
  });
});

test('a shift can be begun two hours early, also if nothing was heard since the evening before', () => {
  const evening = { ...known('off', shift.starts_at), allowed: ['report_sick' as const] };
  expect(dutyView(evening, [shift], [], at(4.9)).allowed).toEqual(['report_sick']);
  expect(dutyView(evening, [shift], [], at(5)).allowed).toContain('start_shift');
  expect(dutyView(evening, [shift], [], at(5)).until).toBe(shift.starts_at);
});

describe('what time alone changes', () => {
  test.each([
    [known('on_shift', shift.ends_at), 16.5, 'on_shift'],
    [known('on_shift', shift.ends_at), 20, 'on_call'],
    [known('sick', '2026-11-23T12:00:00Z'), 11, 'sick'],
    [known('sick', '2026-11-23T12:00:00Z'), 12, 'off'],
    [known('off'), 18, 'on_call'],
    [undefined, 9, 'off'],
  ])('%#', (duty, hour, state) => {
    expect(dutyView(duty, [shift, onCall], [], at(hour)).state).toBe(state);
  });
});

test('what the office refused is shown with what waits behind it, and nothing of it has happened', () => {
  const refused = [said('start_shift', 7, 'parked'), said('start_break', 12)];
  const seen = dutyView(known('off'), [shift], refused, at(13));
  expect(seen.state).toBe('off');
  expect(seen.refused.map(({ kind }) => kind)).toEqual(['start_shift', 'start_break']);
});
