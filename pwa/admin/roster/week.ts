// Seven days of a region: who works when, as the clock on the wall there says.
import { dateTime } from '../../lib/i18n/index.ts';
import { instantOf, localText } from '../../lib/i18n/zoned.ts';
import { addDays, longDay } from '../written.ts';
import type { Absence, CalendarEntry, Shift, Span, VisitDetail } from './gateway.ts';

/** Monday of the week a day lies in. */
export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

export const daysFrom = (monday: string): string[] => Array.from({ length: 7 }, (_, at) => addDays(monday, at));

/** From the first midnight to the midnight after the last day. */
export function spanOf(first: string, last: string, zone: string): Span {
  return { from: midnight(first, zone), to: midnight(addDays(last, 1), zone) };
}

export function midnight(day: string, zone: string): string {
  return instantOf(`${day}T00:00`, zone) ?? `${day}T00:00:00Z`;
}

const dayThere = (instant: string, zone: string): string => localText(Date.parse(instant), zone).slice(0, 10);
export const timeThere = (instant: string, zone: string): string => localText(Date.parse(instant), zone).slice(11);

/** The shifts of somebody that begin on a day. */
export function shiftsOn(day: string, technician: string, shifts: readonly Shift[], zone: string): Shift[] {
  return shifts.filter((each) => each.technician_id === technician && dayThere(each.starts_at, zone) === day);
}

/** What somebody is away for on a day, or asked to be. */
export function absencesOn(day: string, technician: string, absences: readonly Absence[], zone: string): Absence[] {
  const { from, to } = spanOf(day, day, zone);
  return absences.filter(
    (each) =>
      each.technician_id === technician &&
      each.state !== 'refused' &&
      Date.parse(each.starts_at) < Date.parse(to) &&
      Date.parse(each.ends_at) > Date.parse(from),
  );
}

/** From and until as typed for a day; hours that end no later than they begin end on the next day. */
export function hoursOn(day: string, starts: string, ends: string, zone: string): Span | undefined {
  const from = instantOf(`${day}T${starts}`, zone);
  const to = instantOf(`${ends <= starts ? addDays(day, 1) : day}T${ends}`, zone);
  return from === null || to === null ? undefined : { from, to };
}

/** When an entry of a calendar is: its days where it takes whole ones, its times otherwise. */
export function timesOf({ starts_at, ends_at, is_whole_day }: CalendarEntry, zone: string): string {
  if (!is_whole_day) return `${dateTime(starts_at, zone)} – ${dateTime(ends_at, zone)}`;
  const first = dayThere(starts_at, zone);
  const last = addDays(dayThere(ends_at, zone), -1);
  return last > first ? `${longDay(first)} – ${longDay(last)}` : longDay(first);
}

/** Calm after the end; whatever is already over or refused needs nobody else. */
const OVER: ReadonlySet<string> = new Set([
  'declined',
  'completed',
  'partially_completed',
  'cannot_complete',
  'unassigned',
  'cancelled',
]);

export function stillPlanned(visits: readonly VisitDetail[]): VisitDetail[] {
  return visits.filter(({ visit }) => !OVER.has(visit.status));
}
