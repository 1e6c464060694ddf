import { describe, expect, it } from 'vitest';
import { firstPossible, judged, nextFitting, snapped, stepped } from './judging.ts';
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
