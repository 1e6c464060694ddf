// What is done for a phone that nobody looks at: everything is sent and fetched, as a page would.
// When the browser allows it is each entry's sw.ts.

import type { Outbox } from './outbox.ts';
import type { Pull } from './pull.ts';

/** More work with the network; says whether it is done. Uploads are such an errand. */
export type Errand = () => Promise<boolean>;

export interface BackgroundParts {
  readonly outbox: Pick<Outbox, 'flush' | 'release'>;
  readonly pull: Pick<Pull, 'run'>;
  readonly errands: readonly Errand[];
  /** Whether a page is open, where somebody may still take a step back. */
  readonly isWatched: () => Promise<boolean>;
}

/** Does all of it; false when another time may do what this one could not. */
export async function work({ outbox, pull, errands, isWatched }: BackgroundParts): Promise<boolean> {
  const end = await ((await isWatched()) ? outbox.flush() : outbox.release());
  // Nobody is signed in: only the technician can change that.
  if (end === 'signed_out' || end === 'stopped') return true;
  const problem = await pull.run();
  let isDone = end === 'done' && !problem?.isTransient;
  for (const errand of errands) isDone = (await errand()) && isDone;
  return isDone;
}
