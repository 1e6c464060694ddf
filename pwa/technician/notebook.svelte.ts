// What this phone knows, as it changes: visits with unsent steps on top, and what is unsent.
// It reads the storage and never writes it.

import type { Pending } from '../lib/offline/commands.ts';
import type { Kept, LeftVisit, Reading } from '../lib/offline/database.ts';
import { type Projected, project } from '../lib/offline/project.ts';
import { keptIn, pendingIn, type Store, type StoredFile, visitsIn } from '../lib/offline/store.ts';
import { type Day, dayOf } from './day.ts';
import { withSame } from './sameness.ts';
import { type Spending, spendingOn } from './spending/spending.ts';

interface Contents {
  readonly visits: readonly Projected[];
  readonly unsent: readonly Pending[];
  readonly files: readonly StoredFile[];
  readonly syncedAt: string | undefined;
  readonly parts: Kept['parts'];
  readonly partUses: Kept['partUses'];
  readonly authority: Kept['authority'];
  readonly left: Kept['left'];
  readonly duty: Kept['duty'] | undefined;
  readonly shifts: Kept['shifts'];
  readonly location: Kept['location'] | undefined;
  readonly arrival: Kept['arrival'] | undefined;
  readonly office: Kept['office'] | undefined;
}

export class Notebook {
  #contents = $state.raw<Contents>();
  #day = $derived(dayOf(this.visits));
  #failure = $state.raw<unknown>();
  #store: Store;
  #stop: () => void;
  #reading: Promise<void> | undefined;
  #isWantedAgain = false;

  constructor(store: Store) {
    this.#store = store;
    this.#stop = store.onChange(() => void this.refresh());
    void this.refresh();
  }

  close(): void {
    this.#stop();
    this.#isWantedAgain = false;
  }

  /** Reads again: a page that slept was not told of what others wrote. */
  async refresh(): Promise<void> {
    this.#isWantedAgain = true;
    this.#reading ??= this.#untilCurrent();
    await this.#reading;
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

  get visits(): readonly Projected[] {
    return this.#contents?.visits ?? [];
  }

  visit(id: string): Projected | undefined {
    return this.visits.find((visit) => visit.id === id);
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

  /** All photos and signatures that are still on this phone. */
  get files(): readonly StoredFile[] {
    return this.#contents?.files ?? [];
  }

  /** Nothing is here that is not elsewhere too. */
  get isAllSent(): boolean {
    return this.unsent.length === 0 && this.files.length === 0;
  }

  /** Those of one visit. */
  filesOf(visitId: string): readonly StoredFile[] {
    return this.files.filter((file) => file.visitId === visitId);
  }

  /** The catalogue of parts. */
  get parts(): Kept['parts'] {
    return this.#contents?.parts ?? [];
  }

  /** How often each part was used from here, by its code. */
  get partUses(): Kept['partUses'] {
    return this.#contents?.partUses ?? {};
  }

  /** What parts and goodwill on the visit's intervention come to, and may come to without the office. */
  spendingOf({ detail }: Projected): Spending {
    const same = this.visits.filter((visit) => visit.detail.visit.intervention_id === detail.visit.intervention_id);
    const authority = this.#contents?.authority ?? null;
    return spendingOn(detail, { unsent: this.unsent, visitIds: same.map(({ id }) => id), parts: this.parts, authority });
  }

  /** Visits somebody took away, until they have been read. */
  get left(): readonly LeftVisit[] {
    return this.#contents?.left ?? [];
  }

  /** Where the own working day stood when the server last said so. */
  get duty(): Kept['duty'] | undefined {
    return this.#contents?.duty;
  }

  get shifts(): Kept['shifts'] {
    return this.#contents?.shifts ?? [];
  }

  /** Whether the phone may be located; off at once where it was switched off here. */
  get location(): Kept['location'] | undefined {
    return this.#contents?.location;
  }

  get arrival(): Kept['arrival'] | undefined {
    return this.#contents?.arrival;
  }

  /** Whom the technician calls. */
  get office(): Kept['office'] | undefined {
    return this.#contents?.office;
  }

  /** Where the technician is: the current visit's zone, or that of the own region. */
  get zone(): string | undefined {
    return this.day.current?.detail.site.zone ?? this.office?.zone;
  }

  /** When the phone last heard everything from the server; undefined when it never did. */
  get syncedAt(): string | undefined {
    return this.#contents?.syncedAt;
  }

  async #untilCurrent(): Promise<void> {
    try {
      while (this.#isWantedAgain) {
        this.#isWantedAgain = false;
        this.#contents = withSame(this.#contents, await this.#store.read(contentsOf));
        this.#failure = undefined;
      }
    } catch (error) {
      this.#failure = error;
    } finally {
      this.#reading = undefined;
    }
  }
}

async function contentsOf(reading: Reading): Promise<Contents> {
  const [stored, unsent, files, syncedAt, parts, partUses, left, duty, shifts, location, arrival, office, off, authority] = await Promise.all([
    visitsIn(reading),
    pendingIn(reading),
    reading.objectStore('files').getAll(),
    keptIn(reading, 'syncedAt'),
    keptIn(reading, 'parts'),
    keptIn(reading, 'partUses'),
    keptIn(reading, 'left'),
    keptIn(reading, 'duty'),
    keptIn(reading, 'shifts'),
    keptIn(reading, 'location'),
    keptIn(reading, 'arrival'),
    keptIn(reading, 'office'),
    keptIn(reading, 'locationOff'),
    keptIn(reading, 'authority'),
  ]);
  const visits = stored.map(({ detail }) => project(detail, unsent));
  return {
    visits,
    unsent,
    files,
    syncedAt,
    parts: parts ?? [],
    partUses: partUses ?? {},
    authority: authority ?? null,
    left: left ?? [],
    duty,
    shifts: shifts ?? [],
    location: location && off !== undefined ? { ...location, is_on: false } : location,
    arrival,
    office,
  };
}
