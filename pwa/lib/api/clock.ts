// The server's time on this device: device time plus an offset measured at every answer.
// The ticking instant for countdowns on screen is in ticking.svelte.ts.

export const TIME_HEADER = 'Palier-Time';

export class Clock {
  #offset = 0;
  #device: () => number;
  #listeners = new Set<(offsetMilliseconds: number) => void>();

  constructor(device: () => number = Date.now) {
    this.#device = device;
  }

  /** The server's time now. */
  now(): Date {
    return new Date(this.#device() + this.#offset);
  }

  /** What to add to this device's time to get the server's, in milliseconds. */
  get offsetMilliseconds(): number {
    return this.#offset;
  }

  get offsetSeconds(): number {
    return Math.round(this.#offset / 1000);
  }

  /** Learns from an answer asked for at `askedAt` (device time): the server spoke halfway. */
  learn(answer: Response, askedAt: number): void {
    const server = Date.parse(answer.headers.get(TIME_HEADER) ?? '');
    if (Number.isNaN(server)) return;
    const arrivedAt = this.#device();
    const doubt = (arrivedAt - askedAt) / 2;
    const offset = server - (askedAt + doubt);
    if (Math.abs(offset - this.#offset) <= doubt) return;
    this.adopt(offset);
  }

  /** Takes an offset remembered from before, for a start without the network. */
  adopt(offsetMilliseconds: number): void {
    this.#offset = offsetMilliseconds;
    for (const listen of this.#listeners) listen(offsetMilliseconds);
  }

  onChange(listen: (offsetMilliseconds: number) => void): () => void {
    this.#listeners.add(listen);
    return () => this.#listeners.delete(listen);
  }
}

export const clock = new Clock();
