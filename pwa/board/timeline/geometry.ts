// From instants to pixels: the day's scale, shift and visit boxes, rows in view.
// Knows no colours, no words and no DOM.
import { isEnded } from '../promise.ts';
import type { Board, BoardVisit, Shift } from '../wire.ts';

export const ROW_HEIGHT = 36;

const HOUR = 3_600_000;
const OPENS = 6;
const CLOSES = 22;

/** Room for technicians' names, in a timeline that is so wide. */
export function nameWidth(width: number): number {
  return width < 520 ? 112 : 168;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Box {
  readonly left: number;
  readonly width: number;
}

/** Turns instants (milliseconds) into pixels from the left edge of the day. */
export class DayScale {
  readonly span: Span;
  readonly #pixelsPerHour: number;

  constructor(span: Span, pixelsPerHour: number) {
    this.span = span;
    this.#pixelsPerHour = pixelsPerHour;
  }

  get width(): number {
    return this.length(this.span.to - this.span.from);
  }

  at(instant: number): number {
    return this.length(instant - this.span.from);
  }

  length(milliseconds: number): number {
    return (milliseconds / HOUR) * this.#pixelsPerHour;
  }

  /** The visible part of a span, or null when it lies outside the day. */
  box(span: Span): Box | null {
    const from = Math.max(span.from, this.span.from);
    const to = Math.min(span.to, this.span.to);
    return to > from ? { left: this.at(from), width: this.length(to - from) } : null;
  }

  holds(instant: number): boolean {
    return instant >= this.span.from && instant <= this.span.to;
  }

  /** Whole hours in view, one tick each; correct on days of 23 and 25 hours. */
  hours(): number[] {
    const count = Math.round((this.span.to - this.span.from) / HOUR);
    return Array.from({ length: count + 1 }, (_, hour) => this.span.from + hour * HOUR);
  }
}

/** 06–22 local, stretched to whole hours so that every ordinary shift and every visit shows. */
export function daySpan(board: Board): Span {
  const whole = { from: Date.parse(board.day_starts_at), to: Date.parse(board.day_ends_at) };
  const shown = board.technicians.flatMap((technician) => [
    ...technician.shifts.filter((shift) => shift.kind === 'shift').map(shiftSpan),
    ...technician.visits.map(visitSpan),
  ]);
  const from = Math.min(localHour(whole, board.zone, OPENS), ...shown.map((one) => one.from));
  const to = Math.max(localHour(whole, board.zone, CLOSES), ...shown.map((one) => one.to));
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

/** Where the bar lies: what happened where it is known, what is planned where it is not. */
export function visitSpan({ visit }: BoardVisit): Span {
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

export interface Rows {
  readonly first: number;
  readonly last: number;
}

/** Half-open range of rows to render: those in view and a few beyond, so scrolling shows no gap. */
export function rowsInView(
  scroll: { readonly top: number; readonly height: number },
  count: number,
  overscan = 4,
): Rows {
  const first = Math.floor(scroll.top / ROW_HEIGHT) - overscan;
  const last = Math.ceil((scroll.top + scroll.height) / ROW_HEIGHT) + overscan;
  return { first: Math.max(0, Math.min(first, count)), last: Math.max(0, Math.min(last, count)) };
}

/** How far to scroll so that a row is fully in view; unchanged when it already is. */
export function scrollToRow(
  row: number,
  scroll: { readonly top: number; readonly height: number },
): number {
  const top = row * ROW_HEIGHT;
  if (top < scroll.top) return top;
  return Math.max(scroll.top, top + ROW_HEIGHT - scroll.height);
}
