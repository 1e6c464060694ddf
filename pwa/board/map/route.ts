// The round of one technician in its order: where from, each stop, and the drive to it.
// How it is drawn is in style.ts; the legs are straight lines, for the roads are not known here.
import { isEnded } from '../promise.ts';
import type { Position, Technician } from '../wire.ts';

export interface Stop {
  readonly visit: string;
  readonly intervention: string;
  readonly place: string;
  readonly position: Position;
  /** 1 is the next one to go to. */
  readonly order: number;
  readonly startsAt: string;
  readonly travelSeconds: number;
}

export interface Round {
  readonly technician: string;
  readonly name: string;
  readonly from: Position;
  readonly stops: readonly Stop[];
}

/** What is still before a technician, from where they are. */
export function roundOf({ id, name, position, visits }: Technician): Round {
  const open = visits
    .filter(({ visit }) => !isEnded(visit.status))
    .sort((one, other) => Date.parse(one.visit.starts_at) - Date.parse(other.visit.starts_at));
  return {
    technician: id,
    name,
    from: position,
    stops: open.map(({ visit, site_name: place, position: there }, index) => ({
      visit: visit.id,
      intervention: visit.intervention_id,
      place,
      position: there,
      order: index + 1,
      startsAt: visit.starts_at,
      travelSeconds: visit.travel_seconds,
    })),
  };
}
