// What the map shows: sites, worst trouble first, and technicians with their initials.
// How it is drawn is in style.ts; nothing here knows a map library.
import { isEnded } from '../promise.ts';
import type { Board, Position, Severity, Site, Technician } from '../wire.ts';

/** `waiting`: nobody is sent yet; `planned`: somebody is; `quiet`: nothing is open. */
export type Trouble = 'waiting' | 'planned' | 'quiet';

export interface Place {
  readonly site: string;
  readonly name: string;
  readonly position: Position;
  readonly trouble: Trouble;
  readonly severity: Severity | null;
  readonly intervention: string | null;
  readonly visit: string | null;
}

export interface Whereabouts {
  readonly technician: string;
  readonly name: string;
  readonly initials: string;
  readonly position: Position;
  /** When they were there for sure, milliseconds; null where only their home is known. */
  readonly knownAt: number | null;
  /** Too long ago to rely on. */
  readonly isStale: boolean;
}

/** Somebody on the road is elsewhere after so long. */
const STALE_MS = 15 * 60_000;

/** Every site once: by its gravest waiting call, else its gravest open visit, else quiet. */
export function placesOf(board: Board, sites: readonly Site[]): Place[] {
  const found = new Map<string, Place>();
  for (const place of [...waiting(board), ...planned(board)].sort(byGravity)) {
    if (!found.has(place.site)) found.set(place.site, place);
  }
  for (const site of sites) {
    if (!found.has(site.id)) found.set(site.id, quiet(site));
  }
  return [...found.values()];
}

function byGravity(one: Place, other: Place): number {
  const rank = (place: Place) => (place.trouble === 'waiting' ? 0 : 10) + Number(place.severity?.[1]);
  return rank(one) - rank(other);
}

function waiting(board: Board): Place[] {
  return board.queue.map(({ id, severity, site }) => ({
    site: site.id,
    name: site.name,
    position: site.position,
    trouble: 'waiting',
    severity,
    intervention: id,
    visit: null,
  }));
}

function planned(board: Board): Place[] {
  const open = board.technicians.flatMap((technician) =>
    technician.visits.filter((entry) => !isEnded(entry.visit.status)),
  );
  return open.map((entry) => ({
    site: entry.site_id,
    name: entry.site_name,
    position: entry.position,
    trouble: 'planned',
    severity: entry.severity,
    intervention: entry.visit.intervention_id,
    visit: entry.visit.id,
  }));
}

function quiet({ id, name, position }: Site): Place {
  return {
    site: id,
    name,
    position,
    trouble: 'quiet',
    severity: null,
    intervention: null,
    visit: null,
  };
}

/** Where everybody was last, as of now: located at work, or arrived at a site. */
export function whereabouts(technicians: readonly Technician[], now: number): Whereabouts[] {
  return technicians.map((technician) => {
    const knownAt = lastKnown(technician, now);
    return {
      technician: technician.id,
      name: technician.name,
      initials: initials(technician.name),
      position: technician.position,
      knownAt,
      isStale: knownAt === null || (now - knownAt > STALE_MS && !isOnSite(technician)),
    };
  });
}

function lastKnown({ seen, visits }: Technician, now: number): number | null {
  const arrivals = visits.map(({ visit }) => visit.arrived_at);
  const moments = [seen?.at, ...arrivals].map((at) => Date.parse(at ?? '')).filter((at) => at <= now);
  return moments.length > 0 ? Math.max(...moments) : null;
}

/** At work on a site they stay there, however long ago they arrived. */
function isOnSite({ visits }: Technician): boolean {
  return visits.some(({ visit }) => ['arrived', 'in_progress', 'paused'].includes(visit.status));
}

/** `Inès Duval` → `ID`; one name gives one letter. */
export function initials(name: string): string {
  const words = name.split(/[\s-]+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends.map((word) => word?.[0]?.toLocaleUpperCase() ?? '').join('');
}
