// The lines of a plan that need no look of their own: the same visit, minutes sooner or later.
import type { PlanChange } from '../wire.ts';

export const SLIGHT_MINUTES = 5;

export interface Sorted {
  readonly worthReading: readonly PlanChange[];
  readonly slight: readonly PlanChange[];
}

/** Keeps slight shifts apart; a single one is not worth hiding. */
export function slightApart(changes: readonly PlanChange[]): Sorted {
  const slight = changes.filter(isSlight);
  if (slight.length < 2) return { worthReading: changes, slight: [] };
  return { worthReading: changes.filter((one) => !isSlight(one)), slight };
}

/** Nobody else goes, nobody is told, no promise turns, nothing becomes late. */
function isSlight(change: PlanChange): boolean {
  if (change.from_starts_at === null || change.to_starts_at === null) return false;
  const apart = Math.abs(Date.parse(change.to_starts_at) - Date.parse(change.from_starts_at));
  return (
    apart < SLIGHT_MINUTES * 60_000 &&
    change.from_technician_id === change.to_technician_id &&
    (change.lateness_after_seconds ?? 0) === 0 &&
    (change.promise ?? null) === null &&
    !change.tells_customer &&
    !change.is_stale
  );
}
