// The edge of a region as a ring of corners, each once; GeoJSON says the first one again at the end.
import type { Position } from './position.ts';

export type Polygon = {
  readonly type: 'Polygon';
  readonly coordinates: [number, number][][];
};

export function cornersOf(outline: Record<string, unknown> | null | undefined): Position[] {
  const ring = (outline as Polygon | null | undefined)?.coordinates?.[0] ?? [];
  return ring.slice(0, -1).map(([lon, lat]) => ({ lat, lon }));
}

/** Null for no corner at all; holes of the outline that was stay. */
export function outlineOf(corners: readonly Position[], before?: Record<string, unknown> | null): Polygon | null {
  if (corners.length === 0) return null;
  const ring = [...corners, corners[0]!].map(({ lat, lon }): [number, number] => [lon, lat]);
  const holes = (before as Polygon | null | undefined)?.coordinates?.slice(1) ?? [];
  return { type: 'Polygon', coordinates: [ring, ...holes] };
}

/** A new corner goes into the side it lies nearest to, so that the ring never crosses itself for it. */
export function withCorner(corners: readonly Position[], added: Position): Position[] {
  if (corners.length < 3) return [...corners, added];
  const distances = corners.map((corner, at) => detour(corner, corners[(at + 1) % corners.length]!, added));
  const place = distances.indexOf(Math.min(...distances)) + 1;
  return [...corners.slice(0, place), added, ...corners.slice(place)];
}

/** How much longer the way from one corner to the next becomes over a third. */
function detour(from: Position, to: Position, over: Position): number {
  return apart(from, over) + apart(over, to) - apart(from, to);
}

function apart(one: Position, other: Position): number {
  const east = (one.lon - other.lon) * Math.cos((one.lat * Math.PI) / 180);
  return Math.hypot(one.lat - other.lat, east);
}
