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

const soon = 12 * 3_600_000;

/** The current visit is the one begun; else a trapped person's, if soon; else the earliest. */
export function dayOf(visits: readonly Projected[]): Day {
  const open = visits.filter(({ status }) => isOpen(status)).sort(byStart);
  const current = open.find(({ status }) => isStarted(status)) ?? trapped(open) ?? open[0];
  const others = open.filter((visit) => visit !== current);
  const closed = visits.filter(({ status }) => !isOpen(status)).sort(byEnd);
  return {
    needing: [...others, ...closed].filter(needsYou),
    current,
    next: others.filter((visit) => !needsYou(visit)),
    over: closed.filter((visit) => !needsYou(visit)),
  };
}

function needsYou({ parked }: Projected): boolean {
  return parked.length > 0;
}

function trapped(open: readonly Projected[]): Projected | undefined {
  return open.find(
    (visit) => visit.detail.severity === 'S1' && startOf(visit) - startOf(open[0]!) < soon,
  );
}

function byStart(one: Projected, other: Projected): number {
  return startOf(one) - startOf(other);
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
