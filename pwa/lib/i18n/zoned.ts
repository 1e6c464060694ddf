// A date and a time of day typed into a field, where the site is: `2026-11-23T10:30`.

const WRITTEN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/** As the platform's field writes it. */
export function localText(instant: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** The instant a text means there; null for what is no time. A skipped hour means the one after. */
export function instantOf(text: string, zone: string): string | null {
  if (!WRITTEN.test(text)) return null;
  const wanted = Date.parse(`${text}:00Z`);
  if (Number.isNaN(wanted)) return null;
  let instant = wanted;
  // Twice, because the first guess may lie on the other side of a change of the clocks.
  for (let turn = 0; turn < 2; turn += 1) {
    instant += wanted - Date.parse(`${localText(instant, zone)}:00Z`);
  }
  return new Date(instant).toISOString();
}
