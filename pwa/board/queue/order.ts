// The order of the unassigned queue.
import { breaksAt } from '../promise.ts';
import type { Intervention } from '../wire.ts';

/** Soonest broken promise first; then the graver; then who waits longest. */
export function byTimeToBreach(queue: readonly Intervention[]): Intervention[] {
  return [...queue].sort(
    (one, other) =>
      compare(breaksAt(one), breaksAt(other)) ||
      compare(one.severity, other.severity) ||
      compare(one.reported_at, other.reported_at),
  );
}

function compare(one: number | string, other: number | string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
