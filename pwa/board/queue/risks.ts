// What J and K walk: all that waits, and of what is planned all that is late or at risk; what breaks
// first comes first.
import { breaksAt, isEnded, nextClock, visitStanding } from '../promise.ts';
import type { Intervention, Technician } from '../wire.ts';

export interface Risk {
  readonly intervention: string;
  /** Null for what nobody was sent to. */
  readonly visit: string | null;
  /** When its promise breaks or broke, milliseconds; never for what has none. */
  readonly at: number;
}

export function risks(queue: readonly Intervention[], rows: readonly Technician[], now: number): Risk[] {
  const waiting = queue.map((one) => ({ intervention: one.id, visit: null, at: breaksAt(one) }));
  const planned = rows
    .flatMap((row) => row.visits)
    .filter((entry) => !isEnded(entry.visit.status) && isRisky(visitStanding(entry, now)))
    .map(({ visit, clock }) => ({
      intervention: visit.intervention_id,
      visit: visit.id,
      at: clock?.due_at ? Date.parse(clock.due_at) : Infinity,
    }));
  // The queue keeps its own order, which knows what equals.
  return [...waiting, ...planned].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

function isRisky(stands: ReturnType<typeof visitStanding>): boolean {
  return stands === 'late' || stands === 'at_risk';
}

/** The one `step` places away; the first when nothing is selected; stays at the ends. */
export function riskFrom(all: readonly Risk[], selected: string | null, step: 1 | -1): Risk | null {
  const place = all.findIndex((one) => one.intervention === selected);
  if (place < 0) return all[0] ?? null;
  return all[Math.max(0, Math.min(all.length - 1, place + step))] ?? null;
}

/** The instant we aim at ourselves, before the customer's promise breaks; null where there is none. */
export function ownAim({ clocks }: Intervention): number | null {
  const next = nextClock(clocks);
  const dues = clocks
    .filter((clock) => clock.party === 'internal' && clock.stopped_at === null && clock.state !== 'ended')
    .map((clock) => clock.due_at);
  const aims = [next?.internal_due_at ?? null, ...dues].flatMap((due) => (due === null ? [] : [Date.parse(due)]));
  return aims.length > 0 ? Math.min(...aims) : null;
}
