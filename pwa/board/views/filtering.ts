// What a look lets through: calls, visits, and the rows of technicians. Words are searched in
// `search`; what does not answer in a row that stays is dimmed there, for its time is not free.
import { isEnded, nextClock, standing, type Standing, visitStanding } from '../promise.ts';
import { interventionMatches, personMatches, visitMatches } from '../search.ts';
import type { BoardVisit, Intervention, Technician, VisitStatus } from '../wire.ts';
import type { Facet, Filters, Look } from './look.ts';

export const STATES = ['late', 'at_risk', 'unassigned', 'planned', 'underway', 'done'] as const;
export type State = (typeof STATES)[number];

const PLANNED: ReadonlySet<VisitStatus> = new Set(['proposed', 'dispatched', 'accepted']);

export function callPasses(one: Intervention, { filters, query }: Look, now: number): boolean {
  const stands = standing(nextClock(one.clocks), now);
  return (
    holds(filters, 'service', one.service) &&
    holds(filters, 'severity', one.severity) &&
    holds(filters, 'customer', one.customer_id) &&
    holds(filters, 'state', 'unassigned', ...risk(stands)) &&
    holds(filters, 'skill', ...Object.keys(one.skills)) &&
    interventionMatches(one, query)
  );
}

export function entryPasses(entry: BoardVisit, { filters, query }: Look, now: number): boolean {
  return entryFits(entry, filters, now) && visitMatches(entry, query);
}

/** Whether a technician's row is shown: they fit, and so does what is searched or filtered of their work. */
export function rowPasses(row: Technician, look: Look, now: number): boolean {
  const { filters, query } = look;
  const fits = holds(filters, 'technician', row.id) && holds(filters, 'skill', ...Object.keys(row.skills));
  if (!fits) return false;
  const isNamed = query.trim() === '' || personMatches(row, query);
  if (isNamed && !asksOfVisits(filters)) return true;
  return row.visits.some((entry) =>
    isNamed ? entryFits(entry, filters, now) : entryPasses(entry, look, now),
  );
}

/** Whether bars that do not answer are dimmed in this row. */
export function dims(row: Technician, { filters, query }: Look): boolean {
  return asksOfVisits(filters) || (query.trim() !== '' && !personMatches(row, query));
}

function asksOfVisits(filters: Filters): boolean {
  return Boolean(filters.service ?? filters.severity ?? filters.state ?? filters.customer);
}

function entryFits(entry: BoardVisit, filters: Filters, now: number): boolean {
  return (
    holds(filters, 'service', entry.service) &&
    holds(filters, 'severity', entry.severity) &&
    holds(filters, 'customer', entry.customer_id) &&
    (filters.state === undefined || holds(filters, 'state', ...statesOf(entry, now)))
  );
}

function statesOf(entry: BoardVisit, now: number): State[] {
  const { status } = entry.visit;
  if (isEnded(status)) return ['done'];
  return [PLANNED.has(status) ? 'planned' : 'underway', ...risk(visitStanding(entry, now))];
}

function risk(stands: Standing): State[] {
  if (stands === 'late' || stands === 'missed') return ['late'];
  return stands === 'at_risk' ? ['at_risk'] : [];
}

function holds(filters: Filters, facet: Facet, ...values: readonly string[]): boolean {
  const wanted = filters[facet];
  return wanted === undefined || values.some((value) => wanted.includes(value));
}
