// The buildings of a day by where they are: what a closed road is told by.
import type { Intervention, Technician } from '../wire.ts';

export interface Position {
  readonly lat: number;
  readonly lon: number;
}

export interface Place extends Position {
  readonly name: string;
}

interface Day {
  readonly technicians: readonly Pick<Technician, 'visits'>[];
  readonly queue: readonly Pick<Intervention, 'site'>[];
}

/** Where somebody goes, and where somebody is still to go; by the id of the site. */
export function placesOf({ technicians, queue }: Day): ReadonlyMap<string, Place> {
  const visited = technicians.flatMap(({ visits }) =>
    visits.map(({ site_id, site_name, position }) => [site_id, { name: site_name, ...position }] as const),
  );
  const waiting = queue.map(({ site }) => [site.id, { name: site.name, ...site.position }] as const);
  return new Map([...visited, ...waiting]);
}

/** The nearest of them; nothing where there is none. */
export function nearest(places: Iterable<Place>, to: Position): Place | undefined {
  // As flat as a region is: a degree east is shorter than one north.
  const east = Math.cos((to.lat * Math.PI) / 180);
  const away = (one: Place): number => Math.hypot(one.lat - to.lat, (one.lon - to.lon) * east);
  return [...places].sort((one, other) => away(one) - away(other))[0];
}
