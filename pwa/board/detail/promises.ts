// The promises of an intervention as they are laid out: the customer's clock, below it what we aim
// at ourselves, what our own division and a supplier promised, all on one scale. Says nothing in words.
import { clipped, type RulerRow } from '../../lib/ui/ruler.ts';
import type { Clock, Trail } from '../wire.ts';

/** One promise with those that help to keep it. */
export interface Layer {
  readonly key: string;
  /** The customer's clock, or the only one there is. */
  readonly clock: Clock;
  readonly trail: Trail | null;
  readonly supporting: readonly { readonly clock: Clock; readonly trail: Trail | null }[];
}

type Labels = (party: Clock['party'] | 'aim') => string;

export function layers(clocks: readonly Clock[], trails: readonly Trail[]): Layer[] {
  const keys = [...new Set(clocks.map(keyOf))];
  return keys.map((key) => {
    const group = clocks.filter((clock) => keyOf(clock) === key);
    const told = group.map((clock) => ({ clock, trail: trailOf(clock, trails) }));
    const first = told.find(({ clock }) => clock.party === 'customer') ?? told[0]!;
    return { key, ...first, supporting: told.filter((each) => each !== first) };
  });
}

/** The rows of a ruler; none before the trails are read. */
export function rulerRows({ clock, trail, supporting }: Layer, label: Labels): RulerRow[] {
  if (trail === null) return [];
  const rows = [rowOf(clock, trail, label(clock.party))];
  const ours = clock.internal_due_at;
  if (ours !== null && clock.stopped_at === null) {
    const spans = clipped(trail.spans, ours);
    rows.push({ key: 'aim', label: label('aim'), spans, due: ours, stopped: null });
  }
  for (const each of supporting) {
    if (each.trail !== null) rows.push(rowOf(each.clock, each.trail, label(each.clock.party)));
  }
  return rows;
}

/** Seconds the plan lies after the due, where it would be too late. */
export function predictedLateness({ is_breach_predicted, expected_at, due_at }: Clock): number {
  if (!is_breach_predicted || expected_at === null || due_at === null) return 0;
  return Math.max(0, (Date.parse(expected_at) - Date.parse(due_at)) / 1000);
}

/** The same deadline by whoever promised it. */
function keyOf({ kind, round }: Clock): string {
  return `${kind} ${round}`;
}

function rowOf(clock: Clock, { spans }: Trail, label: string): RulerRow {
  const key = `${clock.party} ${clock.kind} ${clock.round}`;
  return { key, label, spans, due: clock.due_at, stopped: clock.stopped_at };
}

function trailOf(clock: Clock, trails: readonly Trail[]): Trail | null {
  const isAbout = ({ clock: told }: Trail) =>
    told.party === clock.party && told.kind === clock.kind && told.round === clock.round;
  return trails.find(isAbout) ?? null;
}
