import { describe, expect, it } from 'vitest';
import { measure, shareOf } from './measures.ts';
import { at, board, boardVisit, clock, intervention, technician, visit } from './testing/makers.ts';
import type { Board } from './wire.ts';

const now = Date.parse(at('10:00'));

function counts(day: Board) {
  const { late, atRisk, onTime, unassigned } = measure(day, now);
  return [late, atRisk, onTime, unassigned].map((those) => those.length);
}

describe('the day in numbers', () => {
  it('counts the queue as unassigned and by how its promise stands', () => {
    const late = intervention('late', { clocks: [clock({ due_at: at('09:30') })] });
    expect(counts(board({ queue: [late, intervention('fine')] }))).toEqual([1, 0, 1, 2]);
  });

  it('counts an intervention with two visits once, by the worse of the two, and names that one', () => {
    const first = visit('first', { intervention_id: 'same' });
    const second = visit('second', { intervention_id: 'same', starts_at: at('12:30') });
    const visits = [boardVisit('first', { visit: first }), boardVisit('second', { visit: second })];
    const day = board({ technicians: [technician('ines', visits)] });
    expect(counts(day)).toEqual([0, 1, 0, 0]);
    expect(measure(day, now).atRisk[0]?.visit).toBe('second');
  });

  it('counts what was kept as on time', () => {
    const kept = boardVisit('kept', { clock: clock({ state: 'met', stopped_at: at('09:00') }) });
    expect(counts(board({ technicians: [technician('ines', [kept])] }))).toEqual([0, 0, 1, 0]);
  });

  it('lists first what falls due first', () => {
    const due = (id: string, time: string) => intervention(id, { clocks: [clock({ due_at: at(time) })] });
    const day = board({ queue: [due('later', '09:40'), due('sooner', '09:10')] });
    expect(measure(day, now).late.map((one) => one.intervention)).toEqual(['sooner', 'later']);
  });

  it('says how much of the planned day is driving, and who drives most', () => {
    const driven = (id: string, travel_seconds: number) =>
      boardVisit(id, {
        visit: visit(id, { starts_at: at('10:00'), ends_at: at('11:00'), travel_seconds }),
      });
    const people = [technician('near', [driven('one', 0)]), technician('far', [driven('two', 3600)]), technician('idle')];
    const found = measure(board({ technicians: people }), now);
    expect(found.travelShare).toBeCloseTo(1 / 3);
    expect(found.driving.map(shareOf)).toEqual([0.5, 0]);
    expect(measure(board(), now).travelShare).toBeNull();
  });
});
