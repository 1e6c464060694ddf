// What a displaced visit means for its promise; the server says only whether it turns.
import type { Move } from '../wire.ts';

/** A promise can turn for the better too: only the other turn is a price. */
export function breaksPromise(move: Move): boolean {
  return move.promise_flips && move.lateness_after_seconds > 0;
}
