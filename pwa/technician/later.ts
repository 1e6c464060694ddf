// What the day's first picture does without comes after it, in one file of the device's own store.

import { breath, drawn } from '../lib/ui/index.ts';

let coming: Promise<typeof import('./later_parts.ts')> | undefined;

/** Fetched once; after a failure the next one to ask has it tried again. */
export function later(): Promise<typeof import('./later_parts.ts')> {
  coming ??= drawn()
    .then(() => import('./later_parts.ts'))
    .catch((error: unknown) => {
      coming = undefined;
      throw error;
    });
  return coming;
}

/** The same for what nobody waits for: each in a piece of work of its own. */
export async function laterInTurn(): Promise<typeof import('./later_parts.ts')> {
  const parts = await later();
  await breath();
  return parts;
}
