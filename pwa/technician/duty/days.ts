// Local days by their names, `2026-11-23`, where a technician works.

import { instantOf, localText } from '../../lib/i18n/zoned.ts';

const dayMilliseconds = 86_400_000;

/** The day it is there now, or so many days later. */
export function localDay(now: number, later: number, zone: string | undefined): string {
  const today = localText(now, zoneOrOwn(zone)).slice(0, 10);
  return new Date(Date.parse(`${today}T12:00:00Z`) + later * dayMilliseconds).toISOString().slice(0, 10);
}

/** The instant a day is over there. */
export function endOfDay(day: string, zone: string | undefined): string {
  const following = new Date(Date.parse(`${day}T12:00:00Z`) + dayMilliseconds).toISOString().slice(0, 10);
  const ends = instantOf(`${following}T00:00`, zoneOrOwn(zone));
  if (ends === null) throw new Error(`${day} is no day`);
  return ends;
}

/** Where the technician works; the phone's own zone where nobody says it. */
export function zoneOrOwn(zone: string | undefined): string {
  return zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
