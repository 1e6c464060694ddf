// What the dispatcher does with visits: one or several picked, one in the hand, deeds undone and redone.
// The server decides row by row; what it answers is told in words, and heard by who does not see.
import { SvelteSet } from 'svelte/reactivity';
import { Problem } from '../../lib/api/problem.ts';
import { dayIn } from '../day.ts';
import { problemOf } from '../failure.ts';
import type { BoardVisit, Intervention, Visit } from '../wire.ts';
import type { ActCalls } from './calls.ts';
import { Hand, type Held, type Spot } from './hand.svelte.ts';
import { type Judged, nearestFitting } from './judging.ts';
import type { Deed, DeedResult, PlacementRow, Placements, VerdictRow } from './wire.ts';

/** What the board shows of a region's day, as far as acting on it needs to know. */
export interface Shown {
  readonly region: string | null;
  readonly day: string | null;
  readonly zone: string;
  readonly queue: readonly Intervention[];
  readonly entries: readonly BoardVisit[];
}

export type Asked = Omit<Placements, 'rows'>;

/** How a deed ended, for whoever puts it into words. */
export interface Outcome {
  readonly kind: Deed['kind'] | 'undo' | 'redo';
  readonly result: DeedResult;
}

/** What was let go and stays where it was. */
export interface Kept {
  readonly held: Held;
  readonly spot: Spot;
  /** What would have come of it; null where that cannot be known. */
  readonly judged: Judged | null;
  readonly failure: Problem | null;
  readonly lateBy: number;
  /** What is known of the technician on that day. */
  readonly row: VerdictRow | undefined;
  /** Where it can be put instead, as it is told: there, or at the nearest start that disturbs nobody. */
  readonly instead: Judged | null;
}

const PLANNED: ReadonlySet<string> = new Set(['proposed', 'dispatched', 'accepted']);

export class Acts {
  /** Interventions that are picked to have the same done to each. */
  readonly picked = new SvelteSet<string>();
  readonly hand: Hand;
  #outcome = $state.raw<Outcome | null>(null);
  #failure = $state.raw<Problem | null>(null);
  #isBusy = $state(false);
  #hasChanged = $state(false);
  #deeds = $state.raw<readonly Deed[]>([]);
  readonly #calls: ActCalls;
  readonly #shown: () => Shown;
  readonly #done: () => Promise<void>;

  /** `done` reads the board again after something was written. */
  constructor(calls: ActCalls, shown: () => Shown, done: () => Promise<void>, inView?: () => readonly string[]) {
    this.#calls = calls;
    this.#shown = shown;
    this.#done = done;
    this.hand = new Hand(calls, () => shown().zone, inView);
  }

  /** How the last deed ended; null once it was told. */
  get outcome(): Outcome | null {
    return this.#outcome;
  }

  get failure(): Problem | null {
    return this.#failure;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** The day changed while something was in the hand; what is shown of it is new. */
  get hasChanged(): boolean {
    return this.#hasChanged;
  }

  /** What was done in the region lately, newest first. */
  get deeds(): readonly Deed[] {
    return this.#deeds;
  }

  /** What Ctrl+Z takes back: one's own last deed that still stands. */
  get undoable(): Deed | null {
    return this.#deeds.find((one) => one.is_own && !one.is_undone && !one.is_undo) ?? null;
  }

  /** What Ctrl+Shift+Z does again: one's own last undo, with nothing of one's own done since. */
  get redoable(): Deed | null {
    const last = this.#deeds.find((one) => one.is_own && !one.is_undone);
    return last?.is_undo ? last : null;
  }

  told(): void {
    this.#outcome = null;
    this.#failure = null;
  }

  toggle(intervention: string): void {
    if (!this.picked.delete(intervention)) this.picked.add(intervention);
  }

  pickAll(interventions: readonly string[]): void {
    for (const one of interventions) this.picked.add(one);
  }

  /** Takes up a visit that may still be moved; says whether it did. */
  takeVisit(entry: BoardVisit): boolean {
    const { visit } = entry;
    if (!isMovable(entry)) return false;
    const start = Date.parse(visit.starts_at);
    this.#hasChanged = false;
    const held: Held = {
      intervention: visit.intervention_id,
      number: entry.number,
      name: entry.site_name,
      visit: visit.id,
      version: visit.version,
      from: { technician: visit.technician_id, start },
      lasts: Date.parse(visit.ends_at) - start,
    };
    void this.hand.take(held, dayIn(this.#shown().zone, start));
    return true;
  }

  /** It is pressed, and may be pulled in a moment. */
  expectVisit(entry: BoardVisit): void {
    if (!isMovable(entry)) return;
    this.hand.expect(entry.visit.intervention_id, dayIn(this.#shown().zone, Date.parse(entry.visit.starts_at)));
  }

  takeCall(call: Intervention): boolean {
    const { day } = this.#shown();
    if (day === null) return false;
    this.#hasChanged = false;
    const held: Held = {
      intervention: call.id,
      number: call.number,
      name: call.site.name,
      visit: null,
      version: null,
      from: null,
      lasts: 3_600_000,
    };
    void this.hand.take(held, day);
    return true;
  }

  /** Lets go of what is in the hand: it is placed, or taken back, or stays; then the answer says why. */
  async drop(): Promise<Kept | null> {
    const { held, spot, isOverQueue, isHome } = this.hand;
    if (held === null || this.#isBusy) return null;
    if (isOverQueue && held.visit !== null) {
      this.hand.cancel();
      await this.do({ kind: 'unassign' }, [rowIn(held, null)]);
    } else if (spot === null || isHome) this.hand.cancel();
    else return this.#letGo(held, spot);
    return null;
  }

  /** Placed where nothing stands in the way, and only with what was seen to come of it. */
  async #letGo(held: Held, spot: Spot): Promise<Kept | null> {
    const wasSeen = this.hand.judged !== null;
    if (!wasSeen) await this.#whileBusy(() => this.hand.answered());
    // Whoever moved on meanwhile, or thought better of it, has not let go.
    if (this.hand.spot !== spot) return null;
    const { judged, failure, lateBy, here: row } = this.hand;
    const isPossible = judged !== null && judged.level !== 'blocked';
    if (isPossible && (wasSeen || judged.level === 'fits')) {
      const error = await this.#place(held, spot.technician, judged);
      return error && { held, spot, judged, failure: error, lateBy, row, instead: null };
    }
    this.hand.cancel();
    const instead = isPossible ? judged : nearestFitting(row, spot.start);
    return { held, spot, judged, failure, lateBy, row, instead };
  }

  /** Puts what stays where it was to the place that was told instead. */
  async placeInstead({ held, spot, instead }: Kept): Promise<void> {
    if (instead !== null && !this.#isBusy) this.#failure = await this.#place(held, spot.technician, instead);
  }

  /** Answers why it could not be asked for, if it could not. */
  async #place(held: Held, technician_id: string, judged: Judged): Promise<Problem | null> {
    const starts_at = new Date(judged.start).toISOString();
    const asked: Asked = { kind: 'place', technician_id, starts_at };
    const rows = [rowIn(held, judged)];
    const result = await this.#tried(() => this.#calls.place({ ...asked, rows }, newKey()));
    const isRefused = result instanceof Problem;
    if (!isRefused && result.rows[0]?.code === 'candidate_changed' && this.hand.held !== null) {
      // It stays in the hand: what is shown of it now is how the day has become.
      this.#hasChanged = true;
      await this.hand.lookAgain();
      return null;
    }
    this.hand.cancel();
    if (isRefused) return result;
    await this.#end('place', result);
    return null;
  }

  /** Does the same to each of these. */
  async do(asked: Asked, rows: readonly PlacementRow[]): Promise<void> {
    if (rows.length === 0 || this.#isBusy) return;
    const result = await this.#write(() =>
      this.#calls.place({ ...asked, rows: [...rows] }, newKey()),
    );
    if (result === null) return;
    for (const row of result.rows) if (row.outcome !== 'refused') this.picked.delete(row.intervention_id);
    await this.#end(asked.kind === 'replan' ? 'assign' : asked.kind, result);
  }

  /** The same to everything that is picked, or to this one where nothing is. */
  async doToPicked(asked: Asked, selected: string | null): Promise<void> {
    const ids = this.picked.size > 0 ? [...this.picked] : selected === null ? [] : [selected];
    await this.do(asked, ids.flatMap((id) => this.rowOf(id) ?? []));
  }

  /** Takes a visit that has not begun from its technician; false where it is under way. */
  takeOff({ id, intervention_id, version, status }: Visit, kind: 'unassign' | 'cancel', reason: string): boolean {
    if (!PLANNED.has(status)) return false;
    const row = { intervention_id, visit_id: id, base_version: version };
    void this.do(kind === 'cancel' ? { kind, reason } : { kind }, [row]);
    return true;
  }

  /** The same to one, as it is shown now. */
  async doToOne(asked: Asked, intervention: string): Promise<void> {
    const row = this.rowOf(intervention);
    if (row !== null) await this.do(asked, [row]);
  }

  /** An intervention as it is shown, so that whoever was faster is not overruled unseen. */
  rowOf(intervention: string): PlacementRow | null {
    const { entries, queue } = this.#shown();
    const entry = entries.find((one) => one.visit.intervention_id === intervention && isOpen(one));
    if (entry) {
      const { id, version } = entry.visit;
      return { intervention_id: intervention, visit_id: id, base_version: version };
    }
    return queue.some((one) => one.id === intervention) ? { intervention_id: intervention } : null;
  }

  async readDeeds(): Promise<void> {
    const { region } = this.#shown();
    if (region === null) return;
    try {
      this.#deeds = await this.#calls.deeds(region);
    } catch (error) {
      // Undo is then offered as it was; the board itself tells that the server is away.
      problemOf(error);
    }
  }

  async undo(deed: Deed | null = this.undoable): Promise<void> {
    if (deed === null || this.#isBusy) return;
    const result = await this.#write(() => this.#calls.undoDeed(deed.id, newKey()));
    if (result) await this.#end(deed.is_undo ? 'redo' : 'undo', result);
    else await this.readDeeds();
  }

  redo(): Promise<void> {
    return this.redoable === null ? Promise.resolve() : this.undo(this.redoable);
  }

  async #write(act: () => Promise<DeedResult>): Promise<DeedResult | null> {
    const answer = await this.#tried(act);
    if (!(answer instanceof Problem)) return answer;
    this.#failure = answer;
    return null;
  }

  /** The answer, or why there is none. */
  async #tried(act: () => Promise<DeedResult>): Promise<DeedResult | Problem> {
    this.told();
    try {
      return await this.#whileBusy(act);
    } catch (error) {
      return problemOf(error);
    }
  }

  async #whileBusy<T>(act: () => Promise<T>): Promise<T> {
    this.#isBusy = true;
    try {
      return await act();
    } finally {
      this.#isBusy = false;
    }
  }

  async #end(kind: Outcome['kind'], result: DeedResult): Promise<void> {
    await Promise.all([this.#done(), this.readDeeds()]);
    this.#outcome = { kind, result };
  }
}

/** What is asked of a row: with what was seen to come of it for others. */
function rowIn(held: Held, judged: Judged | null): PlacementRow {
  const pushed = judged?.verdict?.pushed ?? [];
  return {
    intervention_id: held.intervention,
    visit_id: held.visit,
    base_version: held.version,
    pushes: pushed.map((one) => one.intervention_id),
    breaks: pushed.flatMap((one) => (one.promise_breaks ? [one.intervention_id] : [])),
  };
}

/** Whether somebody may still be told otherwise. */
export function isMovable({ visit }: BoardVisit): boolean {
  return PLANNED.has(visit.status);
}

function isOpen(entry: BoardVisit): boolean {
  return entry.visit.finished_at === null && !ENDED.has(entry.visit.status);
}

const ENDED: ReadonlySet<string> = new Set(['declined', 'unassigned', 'cancelled', 'cannot_complete']);

const newKey = () => crypto.randomUUID();
