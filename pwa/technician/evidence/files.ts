// The photos and signatures of a visit as one list: what the office has, and what is still here.

import type { VisitDetail, VisitPending } from '../../lib/offline/commands.ts';
import type { StoredFile } from '../../lib/offline/store.ts';

type Known = VisitDetail['files'][number];

export interface Shown {
  readonly id: string;
  readonly kind: Known['kind'];
  /** `waiting` is on this phone; the rest is the server's word. */
  readonly state: 'waiting' | Known['state'];
  readonly takenAt: string;
  readonly signer: string;
  /** The item of the checklist it answers. */
  readonly item: string | null;
  readonly isHere: boolean;
}

/** The files that commands on their way take another for, or do without. */
export function givenUpIn(waiting: readonly VisitPending[]): Set<string> {
  const replaced = waiting.flatMap(({ files }) => files.flatMap(({ replaces }) => replaces ?? []));
  const dropped = waiting.flatMap(({ payload }) => (payload.dropped_files ?? []).map(({ id }) => id));
  return new Set([...replaced, ...dropped]);
}

/**
 * In the order they were taken; what lies here is told as this phone knows it, at the server's
 * time: `offsetSeconds` is how far the phone's clock is behind it.
 */
export function shownFiles(
  known: readonly Known[],
  here: readonly StoredFile[],
  offsetSeconds: number,
  givenUp: ReadonlySet<string> = new Set(),
): Shown[] {
  const own = new Set(here.map(({ id }) => id));
  const told = known
    .filter(({ id }) => !own.has(id))
    .map(({ id, kind, state, taken_at: takenAt, signer, item }) => ({
      ...{ id, kind, takenAt, signer, item, isHere: false },
      state: givenUp.has(id) && state !== 'received' ? ('waived' as const) : state,
    }));
  const kept = here.map(({ id, kind, state, takenAt: at, signer, item }) => {
    const takenAt = new Date(Date.parse(at) + offsetSeconds * 1000).toISOString();
    return { id, kind, state, takenAt, signer, item, isHere: true };
  });
  return [...told, ...kept].sort((one, other) => Date.parse(one.takenAt) - Date.parse(other.takenAt));
}
