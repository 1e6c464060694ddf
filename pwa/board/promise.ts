// Which of several promises matters now, and how it stands for a visit that is planned.
// The standing of one clock is judged in lib/ui/promise; service hours are the server's work.
import { promiseAt, type PromiseClock, type PromiseStanding } from '../lib/ui/promise.ts';
import type { BoardVisit, Clock, Intervention, VisitStatus } from './wire.ts';

export type Standing = PromiseStanding | 'none';

const ENDED: ReadonlySet<VisitStatus> = new Set([
  'declined',
  'completed',
  'partially_completed',
  'cannot_complete',
  'unassigned',
  'cancelled',
]);

export function isEnded(status: VisitStatus): boolean {
  return ENDED.has(status);
}

const COMING: ReadonlySet<VisitStatus> = new Set(['dispatched', 'accepted', 'en_route']);

export function isComing(status: VisitStatus): boolean {
  return COMING.has(status);
}

const OVER: ReadonlySet<Clock['state']> = new Set(['met', 'ended']);

/** What we promised the customer; the rest is between ourselves and those who help us. */
export function customersClocks(clocks: readonly Clock[]): Clock[] {
  return clocks.filter((clock) => clock.party === 'customer');
}

/** The customer's clock that runs out first among those still running. */
export function nextClock(clocks: readonly Clock[]): Clock | null {
  const open = customersClocks(clocks).filter(
    (clock) => clock.stopped_at === null && !OVER.has(clock.state),
  );
  return open.sort((one, other) => dueOf(one) - dueOf(other))[0] ?? null;
}

/** When somebody must be there: the promise a dispatcher can still keep by sending somebody. */
export function arrivalClock(clocks: readonly Clock[]): Clock | null {
  return nextClock(clocks.filter((clock) => clock.kind === 'response')) ?? nextClock(clocks);
}

function dueOf(clock: Clock): number {
  return clock.due_at === null ? Infinity : Date.parse(clock.due_at);
}

export function standing(clock: PromiseClock | null, now: number): Standing {
  return clock === null ? 'none' : promiseAt(clock, new Date(now)).standing;
}

/** A visit planned after its due instant is at risk now, not only when the moment passes. */
export function visitStanding(entry: BoardVisit, now: number): Standing {
  const stands = standing(entry.clock, now);
  if (stands !== 'on_time' || isEnded(entry.visit.status)) return stands;
  return plannedLateness(entry) > 0 ? 'at_risk' : 'on_time';
}

/** Seconds the planned start, or what is said to come of it, lies after the due instant; 0 once the technician is there. */
export function plannedLateness({ visit, clock }: BoardVisit): number {
  if (visit.arrived_at !== null || !clock?.due_at) return 0;
  const planned = (Date.parse(visit.starts_at) - Date.parse(clock.due_at)) / 1000;
  return Math.max(0, planned + visit.late_by_seconds);
}

/** Instant at which the next promise breaks; never for what has none or is paused. */
export function breaksAt(intervention: Intervention): number {
  const clock = nextClock(intervention.clocks);
  return clock === null ? Infinity : dueOf(clock);
}
