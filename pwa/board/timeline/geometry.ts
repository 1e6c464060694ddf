// Which instants are shown, and where shifts, lunches, drives and visits lie among them.
// From instants to pixels it goes in `scale`; rows are in `layout`.
import { isEnded } from '../promise.ts';
import type { Board, BoardVisit, Shift } from '../wire.ts';
import type { Span } from './scale.ts';

const HOUR = 3_600_000;
const OPENS = 6;
const CLOSES = 22;

/** Room for technicians' names, in a timeline that is so wide. */
export function nameWidth(width: number): number {
  return width < 520 ? 112 : 168;
}

/** 06–22 local of every day, stretched to whole hours so that ordinary shifts and visits show. */
export function daySpans(board: Board): Span[] {
  const shown = board.technicians.flatMap((technician) => [
    ...technician.shifts.filter((shift) => shift.kind === 'shift').map(shiftSpan),
    ...technician.visits.map(visitSpan),
  ]);
  return board.days.map(({ starts_at: starts, ends_at: ends }) =>
    stretched({ from: Date.parse(starts), to: Date.parse(ends) }, board.zone, shown),
  );
}

function stretched(whole: Span, zone: string, shown: readonly Span[]): Span {
  let from = localHour(whole, zone, OPENS);
  let to = localHour(whole, zone, CLOSES);
  for (const one of shown) {
    if (one.from >= whole.to || one.to <= whole.from) continue;
    from = Math.min(from, one.from);
    to = Math.max(to, one.to);
  }
  return {
    from: Math.max(whole.from, whole.from + Math.floor((from - whole.from) / HOUR) * HOUR),
    to: Math.min(whole.to, whole.from + Math.ceil((to - whole.from) / HOUR) * HOUR),
  };
}

function localHour(day: Span, zone: string, wanted: number): number {
  const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZone: zone });
  for (let at = day.from; at < day.to; at += HOUR) {
    if (Number(hour.format(at)) === wanted) return at;
  }
  return day.from + wanted * HOUR;
}

export function shiftSpan(shift: Shift): Span {
  return { from: Date.parse(shift.starts_at), to: Date.parse(shift.ends_at) };
}

/** From the earliest start of lunch to the end of the latest one. */
export function lunchSpan(shift: Shift): Span | null {
  if (shift.lunch === null) return null;
  const to = Date.parse(shift.lunch.latest_at) + shift.lunch.duration_seconds * 1000;
  return { from: Date.parse(shift.lunch.earliest_at), to };
}

const spans = new WeakMap<BoardVisit['visit'], Span>();

/** Where the bar lies: what happened where it is known, what is planned where it is not. */
export function visitSpan({ visit }: BoardVisit): Span {
  const known = spans.get(visit) ?? spanOf(visit);
  spans.set(visit, known);
  return known;
}

function spanOf(visit: BoardVisit['visit']): Span {
  const from = Date.parse(visit.work_started_at ?? visit.arrived_at ?? visit.starts_at);
  if (visit.finished_at !== null) return { from, to: Date.parse(visit.finished_at) };
  const planned = Date.parse(visit.ends_at) - Date.parse(visit.starts_at);
  return { from, to: from + planned };
}

/** The drive before the visit; none before a visit that ended without anyone going. */
export function travelSpan(entry: BoardVisit): Span | null {
  const { visit } = entry;
  if (visit.travel_seconds <= 0 || (isEnded(visit.status) && visit.arrived_at === null)) {
    return null;
  }
  const to = Date.parse(visit.arrived_at ?? visit.starts_at);
  const from = visit.en_route_at === null ? to - visit.travel_seconds * 1000 : null;
  return { from: from ?? Math.min(Date.parse(visit.en_route_at ?? visit.starts_at), to), to };
}
