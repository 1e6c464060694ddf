import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { at, DAY } from '../testing/makers.ts';
import { twin } from '../testing/twin.ts';
import type { BoardStep, BoardSteps } from '../wire.ts';
import { Replay } from './replay.svelte.ts';

const step = (time: string): BoardStep => ({
  at: at(time),
  kind: 'visit_moved',
  actor_name: 'Dora',
  number: '2026-000001',
  site_name: 'Hotel',
  intervention_id: 'one',
  visit_id: 'visit',
});
const told: BoardSteps = {
  region_id: 'valls',
  day: DAY,
  day_starts_at: at('00:00'),
  day_ends_at: at('23:59'),
  steps: [step('08:00'), step('10:14'), step('12:00')],
};
const ms = (time: string) => Date.parse(at(time));
let shown: number[];
let replay: Replay;

beforeEach(async () => {
  vi.useFakeTimers();
  shown = [];
  replay = new Replay(twin({ boardSteps: async () => told }), (instant) => shown.push(instant));
  await replay.read('valls', DAY);
});
afterEach(() => {
  replay.stop();
  vi.useRealTimers();
});

describe('a day looked at again', () => {
  it('goes from one thing that happened to the next and back', () => {
    expect(replay.beside(ms('10:14'), 1)).toBe(ms('12:00'));
    expect(replay.beside(ms('10:14'), -1)).toBe(ms('08:00'));
    expect(replay.beside(ms('12:00'), 1)).toBeNull();
  });

  it('says what had happened last', () => {
    expect(replay.stepAt(ms('10:13'))).toBe(told.steps[0]);
    expect(replay.stepAt(ms('10:14'))).toBe(told.steps[1]);
    expect(replay.stepAt(ms('07:00'))).toBeNull();
  });

  it('offers the hours in which something happened, never the future', () => {
    expect(replay.times(ms('23:00'))).toEqual({ from: ms('07:00'), to: ms('13:00') });
    expect(replay.times(ms('12:10')).to).toBe(ms('12:10'));
  });

  it('plays until the end and stops there', () => {
    const here = () => shown.at(-1) ?? ms('11:50');
    replay.play(here, ms('12:00'));
    vi.advanceTimersByTime(1000);
    expect(shown).toEqual([ms('11:57') + 30_000, ms('12:00')]);
    expect(replay.isPlaying).toBe(false);
  });
});
