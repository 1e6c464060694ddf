// The day in four numbers: late, at risk, on time, unassigned.
// An intervention counts once, by its next promise; what is done and kept counts as on time.
import { nextClock, standing, visitStanding, type Standing } from './promise.ts';
import type { Board } from './wire.ts';

export interface DayMeasures {
  readonly late: number;
  readonly atRisk: number;
  readonly onTime: number;
  readonly unassigned: number;
}

export const NO_MEASURES: DayMeasures = { late: 0, atRisk: 0, onTime: 0, unassigned: 0 };

export function measure(board: Board, now: number): DayMeasures {
  const stands = [...standings(board, now).values()];
  const count = (...wanted: Standing[]) => stands.filter((one) => wanted.includes(one)).length;
  return {
    late: count('late', 'missed'),
    atRisk: count('at_risk'),
    onTime: count('on_time', 'kept'),
    unassigned: board.queue.length,
  };
}

const WORST_FIRST: readonly Standing[] = [
  'late',
  'missed',
  'at_risk',
  'on_time',
  'kept',
  'paused',
  'ended',
  'none',
];

function standings(board: Board, now: number): Map<string, Standing> {
  const found = new Map<string, Standing>();
  const note = (id: string, stands: Standing) => {
    const known = found.get(id);
    if (known === undefined || WORST_FIRST.indexOf(stands) < WORST_FIRST.indexOf(known)) {
      found.set(id, stands);
    }
  };
  for (const one of board.queue) note(one.id, standing(nextClock(one.clocks), now));
  for (const { visits } of board.technicians) {
    for (const entry of visits) note(entry.visit.intervention_id, visitStanding(entry, now));
  }
  return found;
}
