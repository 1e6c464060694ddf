import { describe, expect, it } from 'vitest';
import { measure } from './measures.ts';
import { at, board, boardVisit, clock, intervention, technician, visit } from './testing/makers.ts';

const now = Date.parse(at('10:00'));

describe('the day in numbers', () => {
  it('counts the queue as unassigned and by how its promise stands', () => {
    const late = intervention('late', { clocks: [clock({ due_at: at('09:30') })] });
    const day = board({ queue: [late, intervention('fine')] });
    expect(measure(day, now)).toEqual({ late: 1, atRisk: 0, onTime: 1, unassigned: 2 });
  });

  it('counts an intervention with two visits once, by the worse of the two', () => {
    const first = visit('first', { intervention_id: 'same' });
    const second = visit('second', { intervention_id: 'same', starts_at: at('12:30') });
    const visits = [boardVisit('first', { visit: first }), boardVisit('second', { visit: second })];
    const day = board({ technicians: [technician('ines', visits)] });
    expect(measure(day, now)).toEqual({ late: 0, atRisk: 1, onTime: 0, unassigned: 0 });
  });

  it('counts what was kept as on time', () => {
    const kept = boardVisit('kept', { clock: clock({ state: 'met', stopped_at: at('09:00') }) });
    const day = board({ technicians: [technician('ines', [kept])] });
    expect(measure(day, now).onTime).toBe(1);
  });
});
