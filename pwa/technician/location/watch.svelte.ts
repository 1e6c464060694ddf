// Being located: only at work, only while switched on, only with the page open. What was seen waits
// on the phone until it is sent, and is forgotten the moment it may not be kept any longer.
// The server judges every position again by its own time.

import { answerOf, type makeClient } from '../../lib/api/client.ts';
import { Problem } from '../../lib/api/problem.ts';
import type { Kept } from '../../lib/offline/database.ts';
import { keepIn, type Store, type StoredPosition } from '../../lib/offline/store.ts';
import { isWorthKeeping, type Place } from './near.ts';

export type Location = Kept['location'];
type Seen = Place & { readonly at: number };

/** What is older than this says nothing about where somebody is. */
const FRESH_MILLISECONDS = 120_000;
const TOGETHER = 200;

export interface WatchParts {
  readonly store: Store;
  readonly client: ReturnType<typeof makeClient>;
  /** The server's time, in milliseconds. */
  readonly now: () => number;
  readonly geolocation: Pick<Geolocation, 'watchPosition' | 'clearWatch'> | undefined;
}

export class Watch {
  #parts: WatchParts;
  #watching: number | undefined;
  #isStopped = false;
  #last = $state.raw<Seen>();
  #lastKept: Seen | undefined;
  #isDenied = $state(false);
  #sending: Promise<void> | undefined;

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  get isOffered(): boolean {
    return this.#parts.geolocation !== undefined;
  }

  /** The person told the browser not to. */
  get isDenied(): boolean {
    return this.#isDenied;
  }

  /** Where the phone is now, if it is known. */
  get place(): Place | undefined {
    return this.#last && this.#parts.now() - this.#last.at < FRESH_MILLISECONDS ? this.#last : undefined;
  }

  /** Begins or ends as it is allowed now. */
  allow(isAllowed: boolean): void {
    if (isAllowed === (this.#watching !== undefined)) return;
    if (isAllowed) this.#begin();
    else this.#end();
  }

  /** Switches it on, having read the notice. Returns why it could not. */
  async switchOn(location: Location): Promise<Problem | undefined> {
    return this.#switch({ is_on: true, notice_version: location.notice_version });
  }

  /** Switches it off: here at once, at the office as soon as there is signal. */
  async switchOff(location: Location): Promise<void> {
    const { store } = this.#parts;
    await store.write(async (writing) => {
      await keepIn(writing, 'locationOff', location.notice_version);
      await writing.objectStore('positions').clear();
    });
    this.#end();
    await this.flush();
  }

  /** Sends what waits: first that it was switched off. Called on every occasion. */
  async flush(): Promise<void> {
    this.#sending ??= this.#send().finally(() => (this.#sending = undefined));
    await this.#sending;
  }

  stop(): void {
    this.#isStopped = true;
    this.#end();
  }

  async #send(): Promise<void> {
    const { store, client } = this.#parts;
    const off = await store.keptUnder('locationOff');
    if (off !== undefined) {
      await this.#switch({ is_on: false, notice_version: off });
      return;
    }
    for (;;) {
      const rows = await store.read(async (reading) => {
        const positions = reading.objectStore('positions');
        const [keys, values] = await Promise.all([positions.getAllKeys(null, TOGETHER), positions.getAll(null, TOGETHER)]);
        return { keys, values };
      });
      if (rows.keys.length === 0) return;
      try {
        await answerOf(client.POST('/api/positions', { body: { positions: rows.values.map(bodyOf) } }));
      } catch (error) {
        // Refused as a whole they would be again; without an answer they wait.
        if (!(error instanceof Problem) || error.isOffline || error.status === 401 || error.status >= 500) return;
      }
      await store.write(async (writing) => {
        for (const key of rows.keys) await writing.objectStore('positions').delete(key);
      }, 'relaxed');
    }
  }

  async #switch(body: { is_on: boolean; notice_version: number }): Promise<Problem | undefined> {
    const { store, client } = this.#parts;
    try {
      const location = await answerOf(client.POST('/api/location', { body }));
      await store.write(async (writing) => {
        await keepIn(writing, 'location', location);
        await writing.objectStore('kept').delete('locationOff');
      });
      return undefined;
    } catch (error) {
      return Problem.from(error);
    }
  }

  #begin(): void {
    if (this.#isStopped || !this.#parts.geolocation) return;
    this.#isDenied = false;
    this.#watching = this.#parts.geolocation.watchPosition(
      (position) => void this.#see(position),
      ({ code }) => (this.#isDenied = code === 1),
      { enableHighAccuracy: true, maximumAge: 30_000 },
    );
  }

  #end(): void {
    if (this.#watching !== undefined) this.#parts.geolocation?.clearWatch(this.#watching);
    this.#watching = undefined;
    this.#last = this.#lastKept = undefined;
  }

  async #see({ coords }: GeolocationPosition): Promise<void> {
    const seen = {
      lat: coords.latitude,
      lon: coords.longitude,
      accuracyMetres: Math.round(coords.accuracy),
      at: this.#parts.now(),
    };
    this.#isDenied = false;
    this.#last = seen;
    if (!isWorthKeeping(this.#lastKept, seen)) return;
    this.#lastKept = seen;
    const { at, ...place } = seen;
    const stored: StoredPosition = { ...place, at: new Date(at).toISOString() };
    await this.#parts.store.write((writing) => writing.objectStore('positions').add(stored), 'relaxed');
    await this.flush();
  }
}

function bodyOf({ at, lat, lon, accuracyMetres }: StoredPosition) {
  return { at, lat, lon, accuracy_m: Math.min(accuracyMetres, 100_000) };
}
