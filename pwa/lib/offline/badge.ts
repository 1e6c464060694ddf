// The number on the app's icon, where the phone shows one: what waits for the technician.

import { isOfVisit } from './commands.ts';
import type { Reading } from './database.ts';
import { pendingIn, type Store, visitsIn } from './store.ts';

interface Badged {
  setAppBadge?(count: number): Promise<void>;
}

/** Visits to accept or decline, and those with a step that the office did not take. */
export async function waitingForYou(reading: Reading): Promise<number> {
  const [visits, pending] = await Promise.all([visitsIn(reading), pendingIn(reading)]);
  const answered = new Set(pending.filter(isOfVisit).map(({ target }) => target.id));
  const refused = new Set(pending.filter(({ state }) => state === 'parked').map(({ target }) => target.id));
  const asked = visits.filter(
    ({ id, isGone, detail }) => !isGone && detail.visit.status === 'dispatched' && !answered.has(id),
  );
  return asked.length + refused.size;
}

export async function showBadge(store: Store): Promise<void> {
  const badged = navigator as Badged;
  if (badged.setAppBadge) await badged.setAppBadge(await store.read(waitingForYou)).catch(() => undefined);
}

/** For whoever comes next. */
export async function clearBadge(): Promise<void> {
  await (navigator as Badged).setAppBadge?.(0).catch(() => undefined);
}
