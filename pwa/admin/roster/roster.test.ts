import { describe, expect, it } from 'vitest';
import { Problem } from '../../lib/api/problem.ts';
import type { Absence, RosterGateway, Shift, Technician, VisitDetail } from './gateway.ts';
import { Roster } from './roster.svelte.ts';
import { dutiesOf, newDuty, sent } from './duties.ts';
import { absencesOn, hoursOn, mondayOf, shiftsOn, spanOf, stillPlanned, timesOf } from './week.ts';

const PARIS = 'Europe/Paris';
const shift = (starts_at: string, technician_id = 'aina'): Shift => ({ starts_at, technician_id }) as Shift;
const absence = (starts_at: string, ends_at: string, state = 'approved'): Absence =>
  ({ starts_at, ends_at, technician_id: 'aina', state }) as Absence;

describe('a week of the roster', () => {
  it.each([
    ['2026-11-23', '2026-11-23'],
    ['2026-11-29', '2026-11-23'],
    ['2026-11-22', '2026-11-16'],
  ])('of %s begins on %s', (day, monday) => {
    expect(mondayOf(day)).toBe(monday);
  });

  it('puts a shift on the day it begins where it is worked', () => {
    const night = shift('2026-11-23T23:30:00Z');
    expect(shiftsOn('2026-11-24', 'aina', [night], PARIS)).toEqual([night]);
    expect(shiftsOn('2026-11-23', 'aina', [night], PARIS)).toEqual([]);
    expect(shiftsOn('2026-11-24', 'bruno', [night], PARIS)).toEqual([]);
  });

  it('shows an absence on each of its days, and a refused one on none', () => {
    const days = ['2026-11-23', '2026-11-24', '2026-11-25'];
    const away = absence('2026-11-23T10:00:00Z', '2026-11-24T23:00:00Z');
    expect(days.map((day) => absencesOn(day, 'aina', [away], PARIS).length)).toEqual([1, 1, 0]);
    expect(absencesOn(days[0]!, 'aina', [{ ...away, state: 'refused' }], PARIS)).toEqual([]);
  });

  it('keeps wall time when the clocks change, and ends a night on the next day', () => {
    expect(spanOf('2026-03-29', '2026-03-29', PARIS)).toEqual({
      from: '2026-03-28T23:00:00.000Z',
      to: '2026-03-29T22:00:00.000Z',
    });
    expect(hoursOn('2026-03-28', '22:00', '06:00', PARIS)).toEqual({
      from: '2026-03-28T21:00:00.000Z',
      to: '2026-03-29T04:00:00.000Z',
    });
    expect(hoursOn('2026-03-28', '', '06:00', PARIS)).toBeUndefined();
  });

  it('names the days of an entry that takes whole ones, and the times of any other', () => {
    const days = { title: '', starts_at: '2026-03-28T23:00:00Z', ends_at: '2026-03-30T22:00:00Z', is_whole_day: true };
    expect(timesOf(days, PARIS)).toBe('29 March 2026 – 30 March 2026');
    expect(timesOf({ ...days, ends_at: '2026-03-29T22:00:00Z' }, PARIS)).toBe('29 March 2026');
    expect(timesOf({ ...days, is_whole_day: false }, PARIS)).toMatch(/00:00 – .*00:00/);
  });

  it('tells which visits somebody else would have to make', () => {
    const visit = (status: string): VisitDetail => ({ visit: { status } }) as VisitDetail;
    expect(stillPlanned([visit('accepted'), visit('completed'), visit('proposed')])).toHaveLength(2);
  });
});

it('reads the week again when somebody else was first', async () => {
  let reads = 0;
  const gateway = {
    regions: async () => [{ id: 'valls', zone: PARIS }],
    technicians: async () => [{ id: 'aina', name: 'Aina', is_active: true }],
    shifts: async () => {
      reads += 1;
      return [];
    },
    absences: async () => [],
    requests: async () => [absence('2026-11-23T10:00:00Z', '2026-11-24T23:00:00Z', 'requested')],
  } as unknown as RosterGateway;
  const roster = new Roster(gateway, '2026-11-25');
  await roster.open();
  expect([roster.monday, roster.zone, roster.nameOf('aina')]).toEqual(['2026-11-23', PARIS, 'Aina']);
  expect(roster.week.value?.requests).toHaveLength(1);
  expect(await roster.change(() => Promise.reject(new Problem({ code: 'stale' }, 412)))).toBe(false);
  expect(reads).toBe(2);
  expect(roster.deed.problem?.code).toBe('stale');
});

describe('a usual week', () => {
  const kept = { weekdays: [5], starts: '22:00:00', ends: '06:00:00', kind: 'on_call', overtime_max_seconds: 0, lunch: null, rank: 1 };

  it('is what was kept, or what most people work', () => {
    const aina = { usual_week: [kept] } as unknown as Technician;
    expect(dutiesOf(aina)).toEqual([{ ...kept, starts: '22:00', ends: '06:00' }]);
    expect(dutiesOf({ usual_week: [] } as unknown as Technician)).toEqual([newDuty()]);
    expect(dutiesOf(undefined)).toEqual([newDuty()]);
  });

  it('is sent without a lunch in time on call', () => {
    expect(sent([{ ...newDuty(), kind: 'on_call' }])[0]!.lunch).toBeNull();
    expect(sent([newDuty()])[0]!.lunch).toEqual(newDuty().lunch);
  });
});
