// A technician's visits in the order they matter: the current one, the next, and what is over.

import type { Projected } from '../lib/offline/project.ts';
import { isOpen, isStarted } from '../lib/offline/moves.ts';

export interface Day {
  /** Something here was refused and waits for the technician; it may be over otherwise. */
  readonly needing: readonly Projected[];
  readonly current: Projected | undefined;
  readonly next: readonly Projected[];
  readonly over: readonly Projected[];
}

/** The current visit is the one begun; else a trapped person's; else the earliest. */
export function dayOf(visits: readonly Projected[]): Day {
  const open = visits.filter(({ status }) => isOpen(status)).sort(byUrgency);
  const closed = visits.filter(({ status }) => !isOpen(status)).sort(byEnd);
  return {
    needing: [...open.slice(1), ...closed].filter(needsYou),
    current: open[0],
    next: open.slice(1).filter((visit) => !needsYou(visit)),
    over: closed.filter((visit) => !needsYou(visit)),
  };
}

function needsYou({ parked }: Projected): boolean {
  return parked.length > 0;
}

function byUrgency(one: Projected, other: Projected): number {
  return rank(one) - rank(other) || startOf(one) - startOf(other);
}

function rank({ status, detail }: Projected): number {
  if (isStarted(status)) return 0;
  return detail.severity === 'S1' ? 1 : 2;
}

function startOf({ detail }: Projected): number {
  return Date.parse(detail.visit.starts_at);
}

/** What ended last comes first. */
function byEnd(one: Projected, other: Projected): number {
  return endOf(other) - endOf(one);
}

function endOf({ detail }: Projected): number {
  return Date.parse(detail.visit.finished_at ?? detail.visit.ends_at);
}
