// How commands leave the queue without the server, or become ready for it: taken back, given up,
// replaced, no longer held, about to be sent. What its judgements do is in judging.ts.

import type { Clock } from '../api/clock.ts';
import type { Pending, Target } from './commands.ts';
import type { Writing } from './database.ts';
import { canUndo, laneOf, stuck } from './queue.ts';
import { dropGone, pendingIn } from './store.ts';
import { type Wish, writeDown } from './writing.ts';

/** What takes the place of refused commands, if anything. */
export type Instead = (items: readonly Pending[]) => readonly Wish[];

/** Removes the last command of its lane, if it cannot have reached the server. Says whether it did. */
export async function takeBack(writing: Writing, id: string): Promise<boolean> {
  const pending = await pendingIn(writing);
  const item = pending.find((one) => one.id === id);
  if (!item || !canUndo(item)) return false;
  if (pending.some((one) => laneOf(one.target) === laneOf(item.target) && one.order! > item.order!)) return false;
  await remove(writing, item);
  return true;
}

/** Nothing is held any longer. */
export async function release(writing: Writing): Promise<void> {
  for (const item of await pendingIn(writing))
    if (item.heldUntil !== null) await writing.objectStore('outbox').put({ ...item, heldUntil: null });
}

/** Puts other commands, or none, in the place of the refused ones and what stands behind them. */
export async function settle(
  writing: Writing,
  target: Target,
  instead: Instead,
  clock: Pick<Clock, 'offsetSeconds'>,
): Promise<void> {
  const items = stuck((await pendingIn(writing)).filter((item) => laneOf(item.target) === laneOf(target)));
  const wishes = instead(items);
  const kept = new Set(wishes.flatMap(({ files = [] }) => files).map(({ id }) => id));
  for (const item of items) await remove(writing, item, kept);
  for (const wish of wishes) await writeDown(writing, wish, clock);
  await dropGone(writing);
}

/** From here on they may have reached the server. Leaves out what was taken back meanwhile. */
export async function claim(writing: Writing, batch: readonly Pending[]): Promise<Pending[]> {
  const claimed: Pending[] = [];
  for (const { order } of batch) {
    const item = await writing.objectStore('outbox').get(order!);
    if (item?.state !== 'waiting') continue;
    await writing.objectStore('outbox').put({ ...item, tries: item.tries + 1 });
    claimed.push(item);
  }
  return claimed;
}

/** With its files, unless they are needed or the server has been promised them. */
async function remove(writing: Writing, item: Pending, kept: ReadonlySet<string> = new Set()): Promise<void> {
  await writing.objectStore('outbox').delete(item.order!);
  if (!canUndo(item)) return;
  for (const { id } of item.files.filter((file) => !kept.has(file.id))) {
    await writing.objectStore('files').delete(id);
    await writing.objectStore('bytes').delete(id);
  }
}
