// The order of the unassigned queue, and steps through it.
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

/** The item `step` places away; the first one when nothing is selected; stays at the ends. */
export function stepFrom(
  queue: readonly Intervention[],
  selected: string | null,
  step: 1 | -1,
): Intervention | null {
  const place = queue.findIndex((one) => one.id === selected);
  if (place < 0) return queue[0] ?? null;
  return queue[Math.max(0, Math.min(queue.length - 1, place + step))] ?? null;
}
