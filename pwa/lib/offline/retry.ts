// When a queue that could not send tries again: later each time, and only the wait asked for last.
// The timer is one wake-up of several, and the one that needs no event at all.

import type { RoundEnd } from './outbox.ts';

interface RetryParts {
  readonly later: (act: () => void, milliseconds: number) => unknown;
  readonly random: () => number;
}

// Up to half of it is added by chance: with the network back, all is sent within a minute.
const longestWait = 30_000;

export class Retry {
  #parts: RetryParts;
  #flush: () => Promise<RoundEnd>;
  #shortestWait: number;
  #wait: number;
  #timer: unknown;

  /** The first wait is in milliseconds; chance makes each of them up to half shorter or longer. */
  constructor(parts: RetryParts, shortestWait: number, flush: () => Promise<RoundEnd>) {
    this.#parts = parts;
    this.#flush = flush;
    this.#shortestWait = shortestWait;
    this.#wait = shortestWait;
  }

  plan(end: RoundEnd): void {
    if (end === 'done') this.#wait = this.#shortestWait;
    if (end !== 'trying_again') return;
    const mark = {};
    this.#timer = mark;
    const act = (): void => {
      if (this.#timer === mark) void this.#flush();
    };
    this.#parts.later(act, this.#wait * (0.5 + this.#parts.random()));
    this.#wait = Math.min(this.#wait * 2, longestWait);
  }
}
