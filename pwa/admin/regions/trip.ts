// What a trip takes by a region's speeds: the server's own reckoning (dispatch/geo/speeds.py), as one types.

export interface Band {
  up_to_metres: number | null;
  kilometres_per_hour: number;
}

export interface Busy {
  from_minute: number;
  to_minute: number;
  factor: number;
}

const OPEN_BAND_REACH = 1.25;
const METRES_PER_SECOND = 1000 / 3600;

/** Seconds for a straight line of so many metres that begins at a minute of the day. */
export function tripSeconds(metres: number, bands: readonly Band[], busy: readonly Busy[], minute: number): number {
  const factor = busy.find((each) => each.from_minute <= minute && minute < each.to_minute)?.factor ?? 1;
  return Math.ceil(secondsBefore(metres, bands) * factor);
}

/** Each speed holds in the middle of its band, and time grows evenly from one middle to the next. */
function secondsBefore(metres: number, bands: readonly Band[]): number {
  const last = bands.at(-1);
  if (last === undefined) return 0;
  let [from, spent] = [0, 0];
  for (const [at, band] of bands.entries()) {
    const edge = bands[at - 1]?.up_to_metres ?? 0;
    const middle = band.up_to_metres === null ? edge * OPEN_BAND_REACH : (edge + band.up_to_metres) / 2;
    if (middle <= from) continue;
    const there = secondsAt(middle, band);
    if (metres <= middle) return spent + ((metres - from) / (middle - from)) * (there - spent);
    [from, spent] = [middle, there];
  }
  return secondsAt(metres, last);
}

function secondsAt(metres: number, { kilometres_per_hour }: Band): number {
  return metres / (kilometres_per_hour * METRES_PER_SECOND);
}
