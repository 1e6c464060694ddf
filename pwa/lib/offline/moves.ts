// The technician's rows of the visit table: what may be done in which state, and what comes of it.
// The phone offers by this table; the server remains the judge.

import type { AdditionKind, CommandKind, MoveKind, VisitStatus } from './commands.ts';

type Move = readonly [from: readonly VisitStatus[], to: VisitStatus];

export const moves: Record<MoveKind, Move> = {
  accept: [['dispatched'], 'accepted'],
  decline: [['dispatched', 'accepted'], 'declined'],
  start_travel: [['accepted'], 'en_route'],
  arrive: [['accepted', 'en_route'], 'arrived'],
  start_work: [['arrived'], 'in_progress'],
  pause: [['in_progress'], 'paused'],
  resume: [['paused'], 'in_progress'],
  complete: [['in_progress'], 'completed'],
  complete_partially: [['in_progress', 'arrived'], 'partially_completed'],
  cannot_complete: [
    ['dispatched', 'accepted', 'en_route', 'arrived', 'in_progress', 'paused'],
    'cannot_complete',
  ],
};

const onSite: readonly VisitStatus[] = ['arrived', 'in_progress', 'paused'];
const coming: readonly VisitStatus[] = ['dispatched', 'accepted', 'en_route'];
const open: readonly VisitStatus[] = [...coming, ...onSite];
/** Somebody was there: what they remember afterwards can still be written down. */
const wasThere: readonly VisitStatus[] = ['completed', 'partially_completed', 'cannot_complete'];

const additions: Record<AdditionKind, readonly VisitStatus[]> = {
  person_released: onSite,
  made_safe: onSite,
  back_in_service: onSite,
  note: [...open, ...wasThere],
  order_follow_up: [...onSite, ...wasThere],
  running_late: coming,
};

/** The one next step of each state; states without one are waiting for somebody else, or over. */
const nextSteps: Partial<Record<VisitStatus, MoveKind>> = {
  dispatched: 'accept',
  accepted: 'start_travel',
  en_route: 'arrive',
  arrived: 'start_work',
  in_progress: 'complete',
  paused: 'resume',
};

/** The state a command leads to; additions change none. Undefined where it is not possible. */
export function stateAfter(status: VisitStatus, kind: CommandKind): VisitStatus | undefined {
  if (kind in moves) {
    const [from, to] = moves[kind as MoveKind];
    return from.includes(status) ? to : undefined;
  }
  return additions[kind as AdditionKind].includes(status) ? status : undefined;
}

export function allowedIn(status: VisitStatus): CommandKind[] {
  const kinds = [...Object.keys(moves), ...Object.keys(additions)] as CommandKind[];
  return kinds.filter((kind) => stateAfter(status, kind) !== undefined);
}

export function nextStep(status: VisitStatus): MoveKind | undefined {
  return nextSteps[status];
}

export function isOpen(status: VisitStatus): boolean {
  return open.includes(status);
}

export function isOnSite(status: VisitStatus): boolean {
  return onSite.includes(status);
}

/** Travelling, on site or interrupted: what the technician is busy with now. */
export function isStarted(status: VisitStatus): boolean {
  return status === 'en_route' || isOnSite(status);
}
