// One region's day or days, kept current: loaded, then brought up to date by what happened since,
// never blinking.
// What is selected lives in Address; what is drawn lives in the components.
import type { Problem } from '../lib/api/problem.ts';
import { withChanges } from './changes.ts';
import { faceOf, problemOf } from './failure.ts';
import type { BoardGateway } from './gateway.ts';
import { byTimeToBreach } from './queue/order.ts';
import type { Days } from './views/look.ts';
import type { Board, BoardVisit, Intervention, Region, Technician } from './wire.ts';

export type Face = 'loading' | 'ready' | 'offline' | 'failed';

/** Events come in bursts; one reading answers them all, and the next what never pauses. */
const BURST_MS = 60;
/** After so long the whole is read again: what only time changes is not told by any event. */
const WHOLE_MS = 300_000;

interface Wanted {
  readonly region: string;
  readonly day: string | null;
  readonly days: Days;
  /** The instant of the past that is shown, null for the present. */
  readonly at: string | null;
}

export class DayBoard {
  #regions = $state.raw<readonly Region[]>([]);
  #board = $state.raw<Board | null>(null);
  #failure = $state.raw<Problem | null>(null);
  #readAt = $state<number | null>(null);
  #queue = $derived(byTimeToBreach(this.#board?.queue ?? []));

  readonly #gateway: BoardGateway;
  readonly #now: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reading: Promise<void> | null = null;
  #again = false;
  #wanted = $state.raw<Wanted | null>(null);
  #readWholeAt = 0;

  constructor(gateway: BoardGateway, now: () => number) {
    this.#gateway = gateway;
    this.#now = now;
  }

  get regions(): readonly Region[] {
    return this.#regions;
  }

  get board(): Board | null {
    return this.#board;
  }

  /** The region asked for, whether it has been read yet or not. */
  get region(): string | null {
    return this.#wanted?.region ?? null;
  }

  get technicians(): readonly Technician[] {
    return this.#board?.technicians ?? [];
  }

  /** Unassigned interventions, soonest broken promise first. */
  get queue(): readonly Intervention[] {
    return this.#queue;
  }

  /** A board on screen stays on screen: failures then show beside it, not instead of it. */
  get face(): Face {
    if (this.#board !== null) return 'ready';
    return this.#failure === null ? 'loading' : faceOf(this.#failure);
  }

  get failure(): Problem | null {
    return this.#failure;
  }

  /** Instant of the last good answer, milliseconds; null before the first. */
  get readAt(): number | null {
    return this.#readAt;
  }

  get at(): string | null {
    return this.#wanted?.at ?? null;
  }

  /** A region that the address names is read at once; else the first one that may be seen. */
  async start(region: string | null, day: string | null, days: Days = 1, at: string | null = null): Promise<void> {
    this.#failure = null;
    // The day first: everything else that is asked would make it wait.
    if (region !== null) await this.open(region, day, days, at);
    try {
      this.#regions = await this.#gateway.regions();
    } catch (error) {
      this.#failure = problemOf(error);
      return;
    }
    if (this.#regions.some((one) => one.id === region)) return;
    const known = this.#regions[0];
    if (known) await this.open(known.id, day, days, at);
  }

  /** Another instant of the same days; what is on screen stays until it is there. */
  async lookAt(at: string | null): Promise<void> {
    if (this.#wanted === null) return;
    this.#wanted = { ...this.#wanted, at };
    this.#readWholeAt = 0;
    await this.refresh();
  }

  async open(region: string, day: string | null, days: Days = 1, at: string | null = null): Promise<void> {
    this.#wanted = { region, day, days, at };
    this.#board = null;
    this.#failure = null;
    await this.refresh();
  }

  /** Something happened: read again shortly, once for a whole burst. */
  changed(): void {
    if (this.at !== null) return;
    this.#timer ??= setTimeout(() => void this.refresh(), BURST_MS);
  }

  /** Reads now what happened since, or the whole. A call during a read makes that read be followed by another one. */
  async refresh(): Promise<void> {
    this.stop();
    this.#again = true;
    this.#reading ??= this.#readUntilCurrent();
    await this.#reading;
  }

  /** Of what was heard nothing waits to be read any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  technicianOf(visit: string): Technician | null {
    const has = (one: Technician) => one.visits.some((entry) => entry.visit.id === visit);
    return this.technicians.find(has) ?? null;
  }

  visit(id: string): BoardVisit | null {
    return this.technicianOf(id)?.visits.find((entry) => entry.visit.id === id) ?? null;
  }

  async #readUntilCurrent(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        await this.#read();
      }
    } finally {
      this.#reading = null;
    }
  }

  async #read(): Promise<void> {
    const wanted = this.#wanted;
    if (wanted === null) return;
    try {
      const board = (await this.#followed(wanted)) ?? (await this.#whole(wanted));
      if (wanted !== this.#wanted) return;
      this.#board = board;
      this.#readAt = this.#now();
      this.#failure = null;
    } catch (error) {
      if (wanted === this.#wanted) this.#failure = problemOf(error);
    }
  }

  async #whole({ region, day, days, at }: Wanted): Promise<Board> {
    const board = await this.#gateway.board(region, day, days, at);
    this.#readWholeAt = this.#now();
    return board;
  }

  /** The board on screen with what happened since; null where it must be read whole. */
  async #followed({ region, days, at }: Wanted): Promise<Board | null> {
    const shown = this.#board;
    if (shown === null || at !== null || this.#now() - this.#readWholeAt > WHOLE_MS) return null;
    const { day, cursor: after } = shown;
    return withChanges(shown, await this.#gateway.boardChanges({ region, day, days, after }));
  }
}
