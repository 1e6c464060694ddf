// The server's time on this device: device time plus an offset measured at every answer, and
// whether somebody may have set the device's clock since.
// The ticking instant for countdowns on screen is in ticking.svelte.ts.

export const TIME_HEADER = 'Palier-Time';

/** Clocks are corrected by less than this without anybody noticing. */
const jumpMilliseconds = 2000;

export class Clock {
  #offset = 0;
  #device: () => number;
  #steady: () => number;
  #seen: { readonly device: number; readonly steady: number };
  #isDoubtful = false;
  #listeners = new Set<(offsetMilliseconds: number) => void>();

  /** `steady` only ever counts on, whatever the device's clock is set to; it may rest with the device. */
  constructor(device: () => number = Date.now, steady: () => number = () => performance.now()) {
    this.#device = device;
    this.#steady = steady;
    this.#seen = { device: device(), steady: steady() };
  }

  /** This device's clock was set, or it slept: the offset is to be measured before it is relied on. */
  get isDoubtful(): boolean {
    this.#look();
    return this.#isDoubtful;
  }

  /** This device's time, for a question whose answer tells the server's. */
  asking(): number {
    this.#look();
    return this.#device();
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
    // Set between question and answer, this device cannot tell halfway.
    if (Number.isNaN(server) || this.#look()) return;
    this.#isDoubtful = false;
    const arrivedAt = this.#device();
    const doubt = (arrivedAt - askedAt) / 2;
    const offset = server - (askedAt + doubt);
    if (Math.abs(offset - this.#offset) <= doubt) return;
    this.adopt(offset);
  }

  adopt(offsetMilliseconds: number): void {
    this.#offset = offsetMilliseconds;
    for (const listen of this.#listeners) listen(offsetMilliseconds);
  }

  /** Says whether the clock jumped since it was last looked at. */
  #look(): boolean {
    const [device, steady] = [this.#device(), this.#steady()];
    const jump = device - this.#seen.device - (steady - this.#seen.steady);
    this.#seen = { device, steady };
    if (Math.abs(jump) <= jumpMilliseconds) return false;
    this.#isDoubtful = true;
    // Only a hand turns a clock back; forward it also goes while the device sleeps.
    if (jump < 0) this.adopt(this.#offset - jump);
    return true;
  }

  /** For a start without the network: nobody can tell whether the device was set since then. */
  recall(offsetMilliseconds: number): void {
    this.#isDoubtful = true;
    this.adopt(offsetMilliseconds);
  }

  onChange(listen: (offsetMilliseconds: number) => void): () => void {
    this.#listeners.add(listen);
    return () => this.#listeners.delete(listen);
  }
}

export const clock = new Clock();
