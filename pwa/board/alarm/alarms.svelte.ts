// What somebody must decide now, and whether this dispatcher has seen it; it rings until then.
// The server says what rings; the sound itself is in sound.ts.
import { Problem } from '../../lib/api/problem.ts';
import type { components } from '../../lib/api/schema.ts';
import type { ActCalls } from '../act/calls.ts';

export type Alarm = components['schemas']['AlarmOut'];

export class Alarms {
  #all = $state.raw<readonly Alarm[]>([]);
  #asked = 0;
  readonly #calls: Pick<ActCalls, 'alarms' | 'seeAlarm'>;
  readonly #region: () => string | null;

  /** What this dispatcher has not seen yet, the gravest first. */
  readonly ringing: readonly Alarm[] = $derived(this.#all.filter((one) => !one.is_seen));

  constructor(calls: Pick<ActCalls, 'alarms' | 'seeAlarm'>, region: () => string | null) {
    this.#calls = calls;
    this.#region = region;
  }

  async read(): Promise<void> {
    const region = this.#region();
    if (region === null) return;
    const asked = ++this.#asked;
    await this.#take(region, asked, () => this.#calls.alarms(region));
  }

  async see({ alarm }: Alarm): Promise<void> {
    const region = this.#region();
    if (region === null) return;
    const asked = ++this.#asked;
    this.#all = this.#all.map((one) => (one.alarm === alarm ? { ...one, is_seen: true } : one));
    await this.#take(region, asked, () => this.#calls.seeAlarm(region, alarm, crypto.randomUUID()));
  }

  /** The newest answer counts. Without one, what rang rings on. */
  async #take(region: string, asked: number, ask: () => Promise<Alarm[]>): Promise<void> {
    try {
      const found = await ask();
      if (asked === this.#asked && region === this.#region()) this.#all = found;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // It is over already, or the server is away: the next reading tells.
      if (error.status === 404) await this.read();
    }
  }
}
