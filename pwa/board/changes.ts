// A board with what happened since: rows that nothing touched stay the very same values, so that
// only what changed is drawn anew.
import type { Board, BoardChanges, Technician } from './wire.ts';

/** Null where the changes cannot be put in place: then the board must be read again. */
export function withChanges(board: Board, changes: BoardChanges): Board | null {
  const rows = new Map(changes.technicians.map((row) => [row.id, row]));
  const known = new Set(board.technicians.map((row) => row.id));
  const isStrange = changes.technicians.some((row) => !known.has(row.id));
  if (changes.is_whole || isStrange) return null;
  const touched = new Set(changes.interventions);
  return {
    ...board,
    cursor: changes.cursor,
    now: changes.now,
    technicians: board.technicians.map((row) => rows.get(row.id) ?? without(row, touched)),
    queue:
      touched.size === 0
        ? board.queue
        : [...board.queue.filter((one) => !touched.has(one.id)), ...changes.queue],
  };
}

function without(row: Technician, touched: ReadonlySet<string>): Technician {
  const isTouched = row.visits.some((entry) => touched.has(entry.visit.intervention_id));
  if (!isTouched) return row;
  return { ...row, visits: row.visits.filter((entry) => !touched.has(entry.visit.intervention_id)) };
}
