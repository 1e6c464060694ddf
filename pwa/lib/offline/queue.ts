// The order of the queue: what may go next, what is held back, what can still be taken back.
// Storing and sending are in outbox.ts.

import { isAddition, type Pending } from './commands.ts';

/** Once it may have reached the server, a command can no longer be taken back. */
export function canUndo({ state, tries }: Pending): boolean {
  return state === 'waiting' && tries === 0;
}

/** The oldest command that may go: moves wait behind refused moves of their visit, additions do not. */
export function sendable(pending: readonly Pending[], troubled: ReadonlySet<string>): Pending | undefined {
  const held = new Set<string>(troubled);
  for (const item of pending) {
    if (item.state === 'parked') {
      if (!isAddition(item.kind)) held.add(item.visitId);
    } else if (!troubled.has(item.visitId) && (isAddition(item.kind) || !held.has(item.visitId))) {
      return item;
    }
  }
  return undefined;
}

/** Refused commands of one visit, and the moves that cannot go before them. */
export function stuck(own: readonly Pending[]): Pending[] {
  let isHeld = false;
  return own.filter((item) => {
    if (item.state === 'parked') {
      isHeld ||= !isAddition(item.kind);
      return true;
    }
    return isHeld && !isAddition(item.kind);
  });
}
