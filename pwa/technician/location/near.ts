// How far it is, and whether a phone that is not sure where it is can be taken to have arrived.

export interface Place {
  readonly lat: number;
  readonly lon: number;
  readonly accuracyMetres: number;
}

/** Indoors a phone guesses; beyond this it is not asked. */
export const SURE_METRES = 75;
const earthMetres = 6_371_000;

/** Over the ground, in metres: exact enough for a few kilometres. */
export function metresBetween(one: Pick<Place, 'lat' | 'lon'>, other: Pick<Place, 'lat' | 'lon'>): number {
  const radians = Math.PI / 180;
  const north = (other.lat - one.lat) * radians;
  const east = (other.lon - one.lon) * radians * Math.cos(((one.lat + other.lat) / 2) * radians);
  return earthMetres * Math.hypot(north, east);
}

/** The distance to a site somebody has reached; undefined where it is too far, or nobody can tell. */
export function arrivedAt(
  place: Place | undefined,
  site: Pick<Place, 'lat' | 'lon'>,
  radiusMetres: number,
): number | undefined {
  if (!place || place.accuracyMetres > SURE_METRES) return undefined;
  const metres = Math.round(metresBetween(place, site));
  return metres <= radiusMetres ? metres : undefined;
}

/** Whether a position says more than the one before: a minute later and fifty metres on. */
export function isWorthKeeping(
  before: (Place & { readonly at: number }) | undefined,
  next: Place & { readonly at: number },
): boolean {
  if (!before) return true;
  return next.at - before.at >= 60_000 && metresBetween(before, next) >= 50;
}
