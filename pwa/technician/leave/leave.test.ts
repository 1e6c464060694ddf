import { beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '../../lib/api/problem.ts';
import { Drawer } from '../testing/drawer.ts';
import { Leave } from './leave.svelte.ts';
import type { Absence, Office } from './office.ts';

const where = { today: '2026-11-23', zone: 'Europe/Andorra', now: () => Date.parse('2026-11-23T09:12:00Z') };
const ask = vi.fn<Office['ask']>();
const takeBack = vi.fn<Office['takeBack']>();
const held: Absence[] = [];
const office: Office = { absences: async () => [...held], ask, takeBack };
let drawer: Drawer;
let leave: Leave;

beforeEach(async () => {
  vi.resetAllMocks();
  held.length = 0;
  drawer = new Drawer();
  leave = new Leave(drawer, office, where);
  await leave.open();
});

test.each([
  [{ first: '2026-12-01', last: '2026-12-03' }, '2026-11-30T23:00:00.000Z', '2026-12-03T23:00:00.000Z'],
  [{ first: '2026-12-01' }, '2026-11-30T23:00:00.000Z', '2026-12-01T23:00:00.000Z'],
  [{ first: '2026-12-01', from: '09:00', until: '11:30' }, '2026-12-01T08:00:00.000Z', '2026-12-01T10:30:00.000Z'],
  // What was written for part of a day counts no more once several are asked for.
  [
    { first: '2026-12-01', last: '2026-12-02', from: '09:00', until: '11:30' },
    '2026-11-30T23:00:00.000Z',
    '2026-12-02T23:00:00.000Z',
  ],
])('%o is asked from %s to %s', async (written, starts_at, ends_at) => {
  leave.change({ ...written, note: ' Wedding ' });
  await leave.ask();
  expect(ask.mock.calls[0]![0]).toEqual({ kind: 'leave', starts_at, ends_at, note: 'Wedding' });
  expect([leave.isSent, leave.draft.first, drawer.kept.size]).toEqual([true, '', 0]);
});

test.each([
  [{}, 'first'],
  [{ first: '2026-11-22' }, 'first'],
  [{ first: '2026-12-02', last: '2026-12-01' }, 'last'],
  [{ first: '2026-12-02', until: '11:00' }, 'hours'],
  [{ first: '2026-12-02', from: '11:00', until: '09:00' }, 'hours'],
])('%o is not sent, and it is said why', async (written, gap) => {
  leave.change(written);
  expect(leave.gaps).toEqual([]);
  await leave.ask();
  expect([leave.gaps, ask.mock.calls]).toEqual([[gap], []]);
});

test('what is written waits for a connection and is asked once', async () => {
  leave.change({ first: '2026-12-01' });
  ask.mockRejectedValueOnce(new Problem({ code: 'offline' }, 0));
  await leave.ask();
  expect([leave.problem?.isOffline, leave.isSent]).toEqual([true, false]);

  const later = new Leave(drawer, office, where);
  await later.open();
  expect(later.draft.first).toBe('2026-12-01');
  await later.ask();
  await later.open();
  const [[, lost], [, again]] = ask.mock.calls as [[unknown, string], [unknown, string]];
  expect([lost, later.problem, later.isSent]).toEqual([again, undefined, true]);

  later.change({ first: '2026-12-08' });
  await later.ask();
  expect(ask.mock.calls[2]![1]).not.toBe(again);
});

test('a wish that was decided meanwhile is shown as it is now', async () => {
  const wish = { id: 'absence-1', state: 'requested', version: 1 } as Absence;
  held.push(wish);
  await leave.refresh();
  takeBack.mockImplementationOnce(async () => {
    held[0] = { ...wish, state: 'refused', answer: 'Nobody else is there.' };
    throw new Problem({ code: 'already_decided' }, 409);
  });
  await leave.takeBack(wish);
  expect([leave.problem?.code, leave.absences?.[0]?.answer]).toEqual(['already_decided', 'Nobody else is there.']);
});
