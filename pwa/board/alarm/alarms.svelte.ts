// What somebody must decide now, and whether this dispatcher has seen it; it rings until then, also for a
// region that is not on screen. The server says what rings; the sound itself is in sound.ts.
import { Problem } from '../../lib/api/problem.ts';
import type { components } from '../../lib/api/schema.ts';
import type { ActCalls } from '../act/calls.ts';

export type Alarm = components['schemas']['AlarmOut'];
export type RegionAlarm = Alarm & { readonly region: string };

export class Alarms {
  #found = $state.raw<ReadonlyMap<string, readonly Alarm[]>>(new Map());
  readonly #asked = new Map<string, number>();
  readonly #calls: Pick<ActCalls, 'alarms' | 'seeAlarm'>;
  readonly #regions: () => readonly string[];

  /** What this dispatcher has not seen yet, the gravest first; among equals, that of the region on screen. */
  readonly ringing = $derived.by((): readonly RegionAlarm[] =>
    this.#regions()
      .flatMap((region) => (this.#found.get(region) ?? []).map((one) => ({ ...one, region })))
      .filter((one) => !one.is_seen)
      .sort((one, other) => one.severity.localeCompare(other.severity)),
  );

  /** `regions`: those this dispatcher may see, the one on screen first. */
  constructor(calls: Pick<ActCalls, 'alarms' | 'seeAlarm'>, regions: () => readonly string[]) {
    this.#calls = calls;
    this.#regions = regions;
  }

  /** Of every region, or of these alone. */
  async read(of: readonly string[] = this.#regions()): Promise<void> {
    const known = this.#regions().filter((region) => of.includes(region));
    await Promise.all(known.map((region) => this.#take(region, () => this.#calls.alarms(region))));
  }

  async see({ alarm, region }: RegionAlarm): Promise<void> {
    const found = this.#found.get(region) ?? [];
    this.#put(region, found.map((one) => (one.alarm === alarm ? { ...one, is_seen: true } : one)));
    await this.#take(region, () => this.#calls.seeAlarm(region, alarm, crypto.randomUUID()));
  }

  #put(region: string, found: readonly Alarm[]): void {
    this.#found = new Map(this.#found).set(region, found);
  }

  /** The newest answer counts. Without one, what rang rings on. */
  async #take(region: string, ask: () => Promise<Alarm[]>): Promise<void> {
    const asked = (this.#asked.get(region) ?? 0) + 1;
    this.#asked.set(region, asked);
    try {
      const found = await ask();
      if (asked === this.#asked.get(region)) this.#put(region, found);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // It is over already, or the server is away: the next reading tells.
      if (error.status === 404) await this.read([region]);
    }
  }
}
