// The day in numbers: late, at risk, on time, unassigned, and how much of it is driving; each with
// what it counts. An intervention counts once, by its next promise; what is done and kept is on time.
import { nextClock, standing, visitStanding, type Standing } from './promise.ts';
import type { Board, Severity } from './wire.ts';

/** One intervention that a number counts, as much as it takes to find it again. */
export interface Counted {
  readonly intervention: string;
  readonly visit: string | null;
  readonly number: string;
  readonly site: string;
  readonly severity: Severity;
  readonly technician: string | null;
  readonly dueAt: string | null;
}

/** Seconds somebody drives and works that day, as planned. */
export interface Driving {
  readonly technician: string;
  readonly travel: number;
  readonly work: number;
}

export interface DayMeasures {
  readonly late: readonly Counted[];
  readonly atRisk: readonly Counted[];
  readonly onTime: readonly Counted[];
  readonly unassigned: readonly Counted[];
  readonly driving: readonly Driving[];
  /** Driving as a share of driving and work, 0 to 1; null without either. */
  readonly travelShare: number | null;
}

export const NO_MEASURES: DayMeasures = {
  late: [],
  atRisk: [],
  onTime: [],
  unassigned: [],
  driving: [],
  travelShare: null,
};

export function measure(board: Board, now: number): DayMeasures {
  const stands = [...standings(board, now).values()];
  const those = (...wanted: Standing[]) =>
    inOrder(stands.filter(({ standing }) => wanted.includes(standing)).map(({ counted }) => counted));
  const driving = board.technicians.map(drivingOf).filter(({ travel, work }) => travel + work > 0);
  return {
    late: those('late', 'missed'),
    atRisk: those('at_risk'),
    onTime: those('on_time', 'kept'),
    unassigned: board.queue.map(waiting),
    driving: driving.sort((one, other) => shareOf(other) - shareOf(one)),
    travelShare: driving.length === 0 ? null : shareOf(summed(driving)),
  };
}

export function shareOf({ travel, work }: Pick<Driving, 'travel' | 'work'>): number {
  return travel / (travel + work);
}

const WORST_FIRST: readonly Standing[] = [
  'late',
  'missed',
  'at_risk',
  'on_time',
  'kept',
  'paused',
  'ended',
  'none',
];
const RANK = Object.fromEntries(WORST_FIRST.map((standing, rank) => [standing, rank])) as Record<Standing, number>;

interface Found {
  readonly standing: Standing;
  readonly counted: Counted;
}

function standings(board: Board, now: number): Map<string, Found> {
  const found = new Map<string, Found>();
  const note = (standing: Standing, counted: Counted) => {
    const known = found.get(counted.intervention);
    if (known === undefined || RANK[standing] < RANK[known.standing]) {
      found.set(counted.intervention, { standing, counted });
    }
  };
  for (const one of board.queue) note(standing(nextClock(one.clocks), now), waiting(one));
  for (const { name, visits } of board.technicians) {
    for (const entry of visits) {
      note(visitStanding(entry, now), {
        intervention: entry.visit.intervention_id,
        visit: entry.visit.id,
        number: entry.number,
        site: entry.site_name,
        severity: entry.severity,
        technician: name,
        dueAt: entry.clock?.due_at ?? null,
      });
    }
  }
  return found;
}

function waiting(one: Board['queue'][number]): Counted {
  return {
    intervention: one.id,
    visit: null,
    number: one.number,
    site: one.site.name,
    severity: one.severity,
    technician: null,
    dueAt: nextClock(one.clocks)?.due_at ?? null,
  };
}

/** What falls due first, first; alike, by number. */
function inOrder(counted: readonly Counted[]): Counted[] {
  const dated = counted.map((one) => ({ one, at: one.dueAt === null ? Infinity : Date.parse(one.dueAt) }));
  return dated.sort(byDue).map(({ one }) => one);
}

interface Dated {
  readonly one: Counted;
  readonly at: number;
}

function byDue(one: Dated, other: Dated): number {
  if (one.at !== other.at) return one.at - other.at;
  return one.one.number < other.one.number ? -1 : 1;
}

function drivingOf({ name, visits }: Board['technicians'][number]): Driving {
  const length = ({ visit }: Board['technicians'][number]['visits'][number]) =>
    (Date.parse(visit.ends_at) - Date.parse(visit.starts_at)) / 1000;
  return {
    technician: name,
    travel: visits.reduce((sum, { visit }) => sum + visit.travel_seconds, 0),
    work: visits.reduce((sum, entry) => sum + length(entry), 0),
  };
}

function summed(driving: readonly Driving[]): Pick<Driving, 'travel' | 'work'> {
  return {
    travel: driving.reduce((sum, one) => sum + one.travel, 0),
    work: driving.reduce((sum, one) => sum + one.work, 0),
  };
}
