// The order of the queue: what may go next, what is held back, what can still be taken back.
// Storing and sending are in outbox.ts.

import { isAddition, type Pending, type Target } from './commands.ts';

/** At most this many commands of one target travel together. */
export const TOGETHER = 50;

/** Steps taken with one tap on a reason, and those that end a visit or a day, wait a moment before they are sent, so that a slip can be taken back. */
const holdSeconds: Partial<Record<Pending['kind'], number>> = {
  decline: 6,
  pause: 6,
  complete: 6,
  complete_partially: 6,
  cannot_complete: 6,
  end_shift: 6,
  report_sick: 6,
};

export function holdOf(kind: Pending['kind']): number {
  return holdSeconds[kind] ?? 0;
}

/** Once it may have reached the server, a command can no longer be taken back. */
export function canUndo({ state, tries }: Pending): boolean {
  return state === 'waiting' && tries === 0;
}

/** A device whose clock was turned back does not hold a step any longer for it. */
export function isHeld({ at, heldUntil }: Pick<Pending, 'at' | 'heldUntil'>, now: number): boolean {
  return heldUntil !== null && Date.parse(at) <= now && now < Date.parse(heldUntil);
}

/** Milliseconds until the next held step may go; undefined where none is held. */
export function heldFor(pending: readonly Pending[], now: number): number | undefined {
  const ends = pending.filter((item) => isHeld(item, now)).map(({ heldUntil }) => Date.parse(heldUntil!));
  return ends.length > 0 ? Math.min(...ends) - now : undefined;
}

/** One queue per target: within it the order is kept, between them nobody waits. */
export function laneOf({ kind, id }: Target): string {
  return `${kind} ${id}`;
}

export interface Occasion {
  readonly now: number;
  /** Lanes that take nothing at the moment. */
  readonly troubled: ReadonlySet<string>;
  /** Lanes whose commands go one by one. */
  readonly single: ReadonlySet<string>;
}

/**
 * What goes next: the oldest command that may, with those of its lane that may go along. Moves
 * wait behind refused moves of their lane, additions do not; nothing overtakes a held step.
 */
export function sendable<P extends Pending>(pending: readonly P[], occasion: Occasion): P[] {
  const blocked = new Set<string>();
  const ended = new Set(occasion.troubled);
  const together: P[] = [];
  for (const item of pending) {
    const lane = laneOf(item.target);
    if (ended.has(lane)) continue;
    if (item.state === 'parked') {
      if (!isAddition(item.kind)) blocked.add(lane);
    } else if (isHeld(item, occasion.now)) ended.add(lane);
    else if (isAddition(item.kind) || !blocked.has(lane)) {
      if (together.length === 0 || laneOf(together[0]!.target) === lane) together.push(item);
      if (together.length === (occasion.single.has(laneOf(together[0]!.target)) ? 1 : TOGETHER)) break;
    }
  }
  return together;
}

/** Refused commands of one lane, and the moves that cannot go before them. */
export function stuck<P extends Pending>(own: readonly P[]): P[] {
  let isBlocked = false;
  return own.filter((item) => {
    if (item.state === 'parked') {
      isBlocked ||= !isAddition(item.kind);
      return true;
    }
    return isBlocked && !isAddition(item.kind);
  });
}
