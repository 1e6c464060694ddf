import { describe, expect, it } from 'vitest';
import { firstPossible, judged, nearestFitting, nextFitting, snapped, stepped } from './judging.ts';
import type { Verdict, VerdictRow } from './wire.ts';

const at = (clock: string) => Date.parse(`2026-06-02T${clock}:00Z`);
const STEP = 300_000;

function verdict(from: string, to: string, level: Verdict['level']): Verdict {
  const reason = level === 'blocked' ? { code: 'not_there_yet', facts: {} } : null;
  const span = { from_at: `2026-06-02T${from}:00Z`, to_at: `2026-06-02T${to}:00Z` };
  return { ...span, level, reason, pushed: [], is_late: false, overtime_seconds: 0 };
}

const row: VerdictRow = {
  technician_id: 'aina',
  reason: null,
  would_need: {},
  verdicts: [
    verdict('08:00', '08:25', 'blocked'),
    verdict('08:30', '09:00', 'fits'),
    verdict('09:05', '09:30', 'costs'),
    verdict('09:35', '10:55', 'blocked'),
    verdict('11:00', '11:30', 'fits'),
  ],
};

describe('what the server said of every start', () => {
  it('is looked up by instant; outside of it somebody is off', () => {
    expect(judged(row, at('08:45'))?.level).toBe('fits');
    expect(judged(row, at('09:10'))?.level).toBe('costs');
    expect(judged(row, at('08:00'))?.reason?.code).toBe('not_there_yet');
    expect(judged(row, at('19:00'))?.reason?.code).toBe('off_shift');
    expect(judged(undefined, at('08:45'))).toBeNull();
  });

  it('is one reason for the whole row where the technician cannot at all', () => {
    const unable = { ...row, verdicts: [], reason: { code: 'skill_missing', facts: {} } };
    expect(judged(unable, at('08:45'))).toMatchObject({ level: 'blocked', reason: { code: 'skill_missing' } });
  });

  it('is, where nothing was said of a start, that it is over or that nobody is there yet', () => {
    const busy = { ...row, verdicts: row.verdicts.slice(1) };
    expect(judged(busy, at('07:00'), at('07:30'))?.reason?.code).toBe('time_is_over');
    const early = { code: 'not_there_yet', facts: { arrival: '2026-06-02T08:30:00Z' } };
    expect(judged(busy, at('08:00'), at('07:30'))?.reason).toEqual(early);
    expect(judged(row, at('07:45'), at('07:30'))?.reason).toBe(row.verdicts[0]?.reason);
  });

  it('is told with the start itself where that is too late, not with the first that would be', () => {
    const reason = { code: 'window_missed', facts: { arrival: '2026-06-02T09:35:00Z', closes: '2026-06-02T09:30:00Z' } };
    const late = { ...row, verdicts: [{ ...row.verdicts[3]!, reason }] };
    expect(judged(late, at('10:30'))?.reason?.facts).toEqual({ ...reason.facts, arrival: '2026-06-02T10:30:00.000Z' });
    const others = { ...reason, facts: { ...reason.facts, job: '2026-000001' } };
    const pushing = { ...row, verdicts: [{ ...row.verdicts[3]!, reason: others }] };
    expect(judged(pushing, at('10:30'))?.reason).toBe(others);
  });

  it('finds the nearest start that disturbs nobody, on either side', () => {
    expect(nearestFitting(row, at('09:40'))?.start).toBe(at('09:00'));
    expect(nearestFitting(row, at('10:30'))?.start).toBe(at('11:00'));
    expect(nearestFitting({ ...row, verdicts: row.verdicts.slice(2, 4) }, at('10:30'))).toBeNull();
  });

  it('lets a start snap to the grid, and to a possible one near by', () => {
    expect(snapped(row, at('08:46') + 7, STEP)).toBe(at('08:45'));
    expect(snapped(row, at('08:20'), STEP)).toBe(at('08:30'));
    expect(snapped(row, at('10:10'), STEP)).toBe(at('10:10'));
  });

  it('is stepped through by keys, over what cannot be', () => {
    expect(stepped(row, at('08:30'), STEP)).toBe(at('08:35'));
    expect(stepped(row, at('09:30'), STEP)).toBe(at('11:00'));
    expect(stepped(row, at('11:00'), -STEP)).toBe(at('09:30'));
    expect(stepped(row, at('11:30'), STEP)).toBe(at('11:30'));
  });

  it('is leapt through to where nothing else moves', () => {
    expect(nextFitting(row, at('09:00'), STEP)).toBe(at('11:00'));
    expect(nextFitting(row, at('11:00'), -STEP)).toBe(at('09:00'));
    expect(nextFitting(row, at('11:30'), STEP)).toBe(at('11:30'));
  });

  it('finds the first possible start from an instant on, else the last before', () => {
    expect(firstPossible(row, at('09:40'))).toBe(at('11:00'));
    expect(firstPossible(row, at('08:40'))).toBe(at('08:40'));
    expect(firstPossible(row, at('15:00'))).toBe(at('11:30'));
  });
});
