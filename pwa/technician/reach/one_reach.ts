// One state for all parts of the page that show it.

import { Reach, type ReachShelf } from './reach.svelte.ts';

const made = new WeakMap<ReachShelf, Reach>();

export function reachOf(phone: ReachShelf): Reach {
  const known = made.get(phone) ?? new Reach(phone);
  made.set(phone, known);
  return known;
}
