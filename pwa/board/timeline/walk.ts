// Moving from bar to bar with the arrow keys: left and right in a row, up and down by time.
import { visitSpan } from './geometry.ts';
import type { BoardVisit, Technician } from '../wire.ts';

export type Step = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

/** The bar one step away, or null at the edge. Rows without visits are skipped. */
export function neighbour(
  technicians: readonly Technician[],
  visitId: string,
  step: Step,
): BoardVisit | null {
  const row = technicians.findIndex((one) => one.visits.some((has) => has.visit.id === visitId));
  if (row < 0) return null;
  const bars = inOrder(technicians[row]?.visits ?? []);
  const place = bars.findIndex((entry) => entry.visit.id === visitId);
  switch (step) {
    case 'left':
      return bars[place - 1] ?? null;
    case 'right':
      return bars[place + 1] ?? null;
    case 'first':
      return bars[0] ?? null;
    case 'last':
      return bars.at(-1) ?? null;
    case 'up':
      return nearest(technicians.slice(0, row).reverse(), bars[place]);
    case 'down':
      return nearest(technicians.slice(row + 1), bars[place]);
  }
}

export function inOrder(visits: readonly BoardVisit[]): BoardVisit[] {
  return [...visits].sort((one, other) => visitSpan(one).from - visitSpan(other).from);
}

function nearest(rows: readonly Technician[], from: BoardVisit | undefined): BoardVisit | null {
  const row = rows.find((technician) => technician.visits.length > 0);
  if (row === undefined || from === undefined) return null;
  const start = visitSpan(from).from;
  const away = (entry: BoardVisit) => Math.abs(visitSpan(entry).from - start);
  return inOrder(row.visits).sort((one, other) => away(one) - away(other))[0] ?? null;
}
