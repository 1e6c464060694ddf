// What this phone knows, as it changes: visits with unsent steps on top, and what is unsent.
// It reads the storage and never writes it.

import { liveQuery } from 'dexie';
import type { Pending } from '../lib/offline/commands.ts';
import { type Projected, project } from '../lib/offline/project.ts';
import type { Store } from '../lib/offline/store.ts';
import { type Day, dayOf } from './day.ts';

interface Contents {
  readonly visits: readonly Projected[];
  readonly unsent: readonly Pending[];
  readonly syncedAt: string | undefined;
}

export class Notebook {
  #contents = $state.raw<Contents>();
  #day = $derived(dayOf(this.#contents?.visits ?? []));
  #failure = $state.raw<unknown>();
  #stop: () => void;

  constructor(store: Store) {
    const watched = liveQuery(() => read(store)).subscribe({
      next: (contents) => (this.#contents = contents),
      error: (error) => (this.#failure = error),
    });
    this.#stop = () => watched.unsubscribe();
  }

  close(): void {
    this.#stop();
  }

  /** False until the storage has answered for the first time. */
  get isOpen(): boolean {
    return this.#contents !== undefined;
  }

  /** The storage cannot be read: the page must say so. */
  get failure(): unknown {
    return this.#failure;
  }

  get day(): Day {
    return this.#day;
  }

  visit(id: string): Projected | undefined {
    return this.#contents?.visits.find((visit) => visit.id === id);
  }

  get unsent(): readonly Pending[] {
    return this.#contents?.unsent ?? [];
  }

  get waiting(): readonly Pending[] {
    return this.unsent.filter(({ state }) => state === 'waiting');
  }

  get parked(): readonly Pending[] {
    return this.unsent.filter(({ state }) => state === 'parked');
  }

  /** When the phone last heard everything from the server; undefined when it never did. */
  get syncedAt(): string | undefined {
    return this.#contents?.syncedAt;
  }
}

async function read(store: Store): Promise<Contents> {
  const [stored, unsent, syncedAt] = await Promise.all([
    store.visits.toArray(),
    store.pending(),
    store.keptUnder('syncedAt'),
  ]);
  return { visits: stored.map(({ detail }) => project(detail, unsent)), unsent, syncedAt };
}
