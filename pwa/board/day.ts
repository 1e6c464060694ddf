// Calendar days as text, `2026-11-21`. Days are names here, never 24-hour spans.
export function dayAfter(day: string, steps: number): string {
  const moment = new Date(`${day}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + steps);
  return moment.toISOString().slice(0, 10);
}

/** The date it is in a zone at an instant (milliseconds since 1970). */
export function dayIn(zone: string, instant: number): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  return parts.format(instant);
}
