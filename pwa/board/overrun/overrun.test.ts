import { describe, expect, it } from 'vitest';
import { at, visit } from '../testing/makers.ts';
import { promised, twin } from '../testing/twin.ts';
import type { Cascade } from '../wire.ts';
import { Overrun, runsLate } from './overrun.svelte.ts';

const cascade = (overrun_seconds: number): Cascade => ({
  visit_id: 'visit',
  overrun_seconds,
  moves: [],
  flips: 0,
  returns_at: null,
  overtime_seconds: null,
});

describe('a visit that takes longer', () => {
  it.each([
    [visit('one', { status: 'en_route', late_by_seconds: 600 }), true],
    [visit('one', { status: 'in_progress', ends_at: at('09:59') }), true],
    [visit('one', { status: 'in_progress', ends_at: at('10:30') }), false],
    [visit('one', { status: 'completed', ends_at: at('09:00'), late_by_seconds: 600 }), false],
  ])('is known by what its technician said and by the clock', (one, isLate) => {
    expect(runsLate(one, Date.parse(at('10:00')))).toBe(isLate);
  });

  it('shows what was asked last, whichever answer comes first', async () => {
    const slow = promised<Cascade>();
    const answers = [slow.answer, Promise.resolve(cascade(3600))];
    const overrun = new Overrun(twin({ cascade: () => answers.shift()! }));
    const first = overrun.ask('visit', 30);
    await overrun.ask('visit', 60);
    slow.give(cascade(1800));
    await first;
    expect(overrun.found?.overrun_seconds).toBe(3600);
  });
});
