// The photos and signatures of a visit as one list: what the office has, and what is still here.

import type { VisitDetail } from '../../lib/offline/commands.ts';
import type { StoredFile } from '../../lib/offline/store.ts';

type Known = VisitDetail['files'][number];

export interface Shown {
  readonly id: string;
  readonly kind: Known['kind'];
  /** `waiting` is on this phone; the rest is the server's word. */
  readonly state: 'waiting' | Known['state'];
  readonly takenAt: string;
  readonly signer: string;
  readonly isHere: boolean;
}

/**
 * In the order they were taken; what lies here is told as this phone knows it, at the server's
 * time: `offsetSeconds` is how far the phone's clock is behind it.
 */
export function shownFiles(known: readonly Known[], here: readonly StoredFile[], offsetSeconds: number): Shown[] {
  const own = new Set(here.map(({ id }) => id));
  const told = known
    .filter(({ id }) => !own.has(id))
    .map(({ id, kind, state, taken_at: takenAt, signer }) => ({ id, kind, state, takenAt, signer, isHere: false }));
  const kept = here.map(({ id, kind, state, takenAt: at, signer }) => {
    const takenAt = new Date(Date.parse(at) + offsetSeconds * 1000).toISOString();
    return { id, kind, state, takenAt, signer, isHere: true };
  });
  return [...told, ...kept].sort((one, other) => Date.parse(one.takenAt) - Date.parse(other.takenAt));
}
