// What lies behind and between the bars of a row, as layers of one background: no element each,
// so that two hundred rows scroll lightly. What a layer looks like is a variable of the timeline.
import { isEnded, visitStanding } from '../promise.ts';
import type { BoardVisit, Technician } from '../wire.ts';
import { lunchSpan, shiftSpan, travelSpan } from './geometry.ts';
import type { Span, TimeScale } from './scale.ts';

export interface LanePaint {
  /** Shifts, lunch, on-call, absences and drives. */
  readonly ground: string;
  /** The instants promises fall due, drawn over the bars. */
  readonly dues: string;
}

/** `edges` cuts away what is too far left or right to be seen, in pixels. */
export function lanePaint(row: Technician, scale: TimeScale, edges: Span, now: number): LanePaint {
  return {
    ground: [
      ...row.visits.map((entry) => layer('drive', travelSpan(entry), scale, edges)),
      ...row.absences.map(({ starts_at: from, ends_at: to }) =>
        layer('absence', { from: Date.parse(from), to: Date.parse(to) }, scale, edges),
      ),
      ...row.shifts.map((shift) => layer('lunch', lunchSpan(shift), scale, edges)),
      ...row.shifts.map((shift) => layer(shift.kind, shiftSpan(shift), scale, edges)),
    ]
      .filter(Boolean)
      .join(','),
    dues: row.visits.map((entry) => due(entry, scale, edges, now)).filter(Boolean).join(','),
  };
}

/** Where in its row each kind of layer lies. */
const HEIGHTS: Record<string, string> = {
  drive: '4px/WIDTH calc(100% - 8px)',
  lunch: 'calc(100% - 2px)/WIDTH 4px',
};

function layer(kind: string, span: Span | null, scale: TimeScale, edges: Span): string {
  const box = span && scale.box(span);
  if (!box || box.left > edges.to || box.left + box.width < edges.from) return '';
  const size = (HEIGHTS[kind] ?? '0/WIDTH 100%').replace('WIDTH', `${round(box.width)}px`);
  return `var(--paint-${kind}) ${round(box.left)}px ${size} no-repeat`;
}

function due(entry: BoardVisit, scale: TimeScale, edges: Span, now: number): string {
  const { visit, clock } = entry;
  if (!clock?.due_at || visit.arrived_at !== null || isEnded(visit.status)) return '';
  const at = Date.parse(clock.due_at);
  const left = scale.at(at);
  if (!scale.holds(at) || left > edges.to || left < edges.from) return '';
  const stands = visitStanding(entry, now);
  const kind = stands === 'missed' ? 'late' : stands;
  const isPressing = kind === 'late' || kind === 'at_risk';
  return isPressing
    ? `var(--paint-due-${kind}) ${round(left)}px 1px/2px 100% no-repeat`
    : `var(--paint-due) ${round(left)}px 100%/2px 12px no-repeat`;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
