// What the server said of every start, looked up while something is held: no call, no waiting.
// Knows no words and no DOM.
import type { Reason } from '../wire.ts';
import type { Verdict, VerdictRow } from './wire.ts';

export type Level = Verdict['level'];

export interface Judged {
  readonly level: Level;
  readonly start: number;
  readonly verdict: Verdict | null;
  readonly reason: Reason | null;
}

/** So far from a start that cannot be, one that can takes its place. */
const SNAP = 20 * 60_000;

/** What comes of this start with this technician; null while the server has not said, `readAt` by its clock. */
export function judged(row: VerdictRow | undefined, start: number, readAt = -Infinity): Judged | null {
  if (row === undefined) return null;
  if (row.reason !== null) return { level: 'blocked', start, verdict: null, reason: row.reason };
  const verdict = row.verdicts.find((one) => from(one) <= start && start <= to(one)) ?? null;
  if (verdict === null) return { level: 'blocked', start, verdict: null, reason: untold(row, start, readAt) };
  return { level: verdict.level, start, verdict, reason: verdict.reason && reasonAt(verdict.reason, start) };
}

/** What is told of many starts at once, of this one: it would itself begin too late by so much. */
function reasonAt(reason: Reason, start: number): Reason {
  if (reason.code !== 'window_missed' || 'job' in reason.facts) return reason;
  return { ...reason, facts: { ...reason.facts, arrival: new Date(start).toISOString() } };
}

/** Why nothing is said of a start: it is over, the technician is not free yet, or not on duty. */
function untold(row: VerdictRow, start: number, readAt: number): Reason {
  const [first] = row.verdicts;
  if (start < readAt) return { code: 'time_is_over', facts: {} };
  if (first === undefined || start > from(first)) return { code: 'off_shift', facts: {} };
  const isTold = first.reason?.code === 'not_there_yet';
  return isTold ? first.reason! : { code: 'not_there_yet', facts: { arrival: first.from_at } };
}

/** The start meant by an instant: on the grid, and possible where a possible one is near. */
export function snapped(row: VerdictRow | undefined, instant: number, step: number): number {
  const start = Math.round(instant / step) * step;
  const here = judged(row, start);
  if (row === undefined || here === null || here.level !== 'blocked') return start;
  const near = possible(row)
    .flatMap((one) => [from(one), to(one)])
    .map((at) => ({ at, away: Math.abs(at - start) }))
    .filter(({ away }) => away <= SNAP)
    .sort((one, other) => one.away - other.away);
  return near[0]?.at ?? start;
}

/** The next possible start in a direction; the same one at the end. */
export function stepped(row: VerdictRow | undefined, start: number, by: number): number {
  const wanted = start + by;
  if (row === undefined) return wanted;
  const here = judged(row, wanted);
  if (here !== null && here.level !== 'blocked') return wanted;
  const ends = possible(row)
    .map((one) => (by > 0 ? from(one) : to(one)))
    .filter((at) => (by > 0 ? at > start : at < start));
  if (ends.length === 0) return start;
  return by > 0 ? Math.min(...ends) : Math.max(...ends);
}

/** The next start in a direction at which nothing else moves; the same one where there is none. */
export function nextFitting(row: VerdictRow | undefined, start: number, by: number): number {
  const wanted = start + by;
  const fitting = row?.reason === null ? row.verdicts.filter((one) => one.level === 'fits') : [];
  const starts =
    by > 0
      ? fitting.filter((one) => to(one) >= wanted).map((one) => Math.max(from(one), wanted))
      : fitting.filter((one) => from(one) <= wanted).map((one) => Math.min(to(one), wanted));
  if (starts.length === 0) return start;
  return by > 0 ? Math.min(...starts) : Math.max(...starts);
}

/** The start nearest to an instant, before it or after, at which nothing else moves. */
export function nearestFitting(row: VerdictRow | undefined, start: number): Judged | null {
  const fitting = row?.reason === null ? row.verdicts.filter((one) => one.level === 'fits') : [];
  const starts = fitting.map((one) => Math.min(Math.max(start, from(one)), to(one)));
  const away = (at: number) => Math.abs(at - start);
  const [nearest] = starts.sort((one, other) => away(one) - away(other));
  return nearest === undefined ? null : judged(row, nearest);
}

/** The first start of a row that can be, at or after an instant where there is one. */
export function firstPossible(row: VerdictRow | undefined, after: number): number | null {
  if (row === undefined || row.reason !== null) return null;
  const starts = possible(row).map((one) => (to(one) < after ? to(one) : Math.max(from(one), after)));
  const later = starts.filter((at) => at >= after);
  return later.length > 0 ? Math.min(...later) : (starts.at(-1) ?? null);
}

function possible(row: VerdictRow): Verdict[] {
  return row.verdicts.filter((one) => one.level !== 'blocked');
}

const from = (one: Verdict) => Date.parse(one.from_at);
const to = (one: Verdict) => Date.parse(one.to_at);
