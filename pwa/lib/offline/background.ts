// What is done for a phone that nobody looks at: everything is sent and fetched, as a page would.
// When the browser allows it is each entry's sw.ts.

import type { Outbox, RoundEnd } from './outbox.ts';
import type { Pull } from './pull.ts';

/** More work with the network; says whether it is done. Uploads are such an errand. */
export type Errand = () => Promise<boolean>;

export interface BackgroundParts {
  readonly outbox: Pick<Outbox, 'flush' | 'release'>;
  readonly pull: Pick<Pull, 'run'>;
  readonly errands: readonly Errand[];
  /** Whether a page is open, where somebody may still take a step back. */
  readonly isWatched: () => Promise<boolean>;
  /** Milliseconds until the next held step may go; undefined where none is held. */
  readonly heldFor: () => Promise<number | undefined>;
  readonly wait: (milliseconds: number) => Promise<unknown>;
}

/** Does all of it; false when another time may do what this one could not. */
export async function work(parts: BackgroundParts): Promise<boolean> {
  const end = await send(parts);
  // Nobody is signed in: only the technician can change that.
  if (end === 'signed_out' || end === 'stopped') return true;
  const problem = await parts.pull.run();
  let isDone = end === 'done' && !problem?.isTransient;
  for (const errand of parts.errands) isDone = (await errand()) && isDone;
  return isDone;
}

/** A page in a pocket stands still: what it would send when its time is over is sent for it. */
async function send({ outbox, isWatched, heldFor, wait }: BackgroundParts): Promise<RoundEnd> {
  if (!(await isWatched())) return outbox.release();
  const end = await outbox.flush();
  const milliseconds = await heldFor();
  if (milliseconds === undefined) return end;
  await wait(milliseconds);
  return outbox.flush();
}
