// What a displaced visit means for its promise; the server says only whether it turns.
import type { Candidate, Move } from '../wire.ts';

/** A promise can turn for the better too: only the other turn is a price. */
export function breaksPromise(move: Move): boolean {
  return move.promise_flips && move.lateness_after_seconds > 0;
}

export interface Dearer {
  readonly by: number;
  /** The term of the bill that differs most. */
  readonly mostlyFor: string;
}

/** How much more this choice costs than the first one, and what for; nothing where it costs the same. */
export function dearerThan(first: Candidate, other: Candidate): Dearer | null {
  const by = other.delta - first.delta;
  const terms = Object.keys({ ...first.terms, ...other.terms });
  const more = (term: string) => (other.terms[term] ?? 0) - (first.terms[term] ?? 0);
  const [mostlyFor] = terms.sort((one, two) => more(two) - more(one));
  return by > 0 && mostlyFor !== undefined ? { by, mostlyFor } : null;
}
