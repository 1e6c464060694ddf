// An arrival the phone notices by itself: on the way to a visit, near enough, and sure of it.
// No time is ever moved by it; it is proposed, or recorded as of now.

import type { CommandPayload } from '../../lib/offline/commands.ts';
import type { Projected } from '../../lib/offline/project.ts';
import { arrivedAt, metresBetween, type Place } from './near.ts';

type ArrivalPosition = NonNullable<CommandPayload['position']>;

/** How the phone knows, where a visit somebody travels to is reached; undefined else. */
export function arrivalOf(
  visit: Projected | undefined,
  place: Place | undefined,
  radiusMetres: number,
): ArrivalPosition | undefined {
  if (visit?.status !== 'en_route' || visit.parked.length > 0 || !place) return undefined;
  const metres = arrivedAt(place, visit.detail.site.position, radiusMetres);
  return metres === undefined ? undefined : { distance_m: metres, accuracy_m: place.accuracyMetres, by: 'geofence' };
}

/** What a phone that may be located adds to an arrival by hand. */
export function byHand(visit: Projected | undefined, place: Place | undefined): ArrivalPosition | undefined {
  if (!visit || !place) return undefined;
  const metres = Math.round(metresBetween(place, visit.detail.site.position));
  return { distance_m: metres, accuracy_m: place.accuracyMetres, by: 'hand' };
}
