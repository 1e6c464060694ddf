// The work in the dispatcher's hand, by pointer or by keys: where it is held and what would come of it.
// Asked when it is taken up, once more for each other day it is held over; nothing is written here.
import { Problem } from '../../lib/api/problem.ts';
import { dayIn } from '../day.ts';
import { problemOf } from '../failure.ts';
import type { ActCalls } from './calls.ts';
import { firstPossible, type Judged, judged, nextFitting, snapped, stepped } from './judging.ts';
import type { VerdictRow, Verdicts } from './wire.ts';

export interface Held {
  readonly intervention: string;
  readonly number: string;
  readonly name: string;
  readonly visit: string | null;
  readonly version: number | null;
  /** Where it is taken from; null from the queue. */
  readonly from: Spot | null;
  /** Milliseconds, until the server says better. */
  readonly lasts: number;
}

export interface Spot {
  readonly technician: string;
  readonly start: number;
}

const STEP = 300_000;

/** A board with more rows than are seen is asked for these first: so much sooner are they coloured. */
interface Expected {
  readonly intervention: string;
  readonly day: string;
  readonly seen: readonly string[];
  readonly answer: Promise<Verdicts>;
}

/** Where keys lead no further: nothing can be there. */
export type Edge = 'earlier' | 'later' | 'above' | 'below';

interface Turn {
  answered: Promise<void>;
}

interface AskedDay {
  readonly due: number | null;
  /** By the server's clock. */
  readonly readAt: number;
  readonly rows: ReadonlyMap<string, VerdictRow>;
}

export class Hand {
  #held = $state.raw<Held | null>(null);
  #spot = $state.raw<Spot | null>(null);
  #isOverQueue = $state(false);
  #edge = $state<Edge | null>(null);
  /** Whether a pointer leads it; else keys do, or a click where it is to be. */
  isLed = $state(false);
  #days = $state.raw<ReadonlyMap<string, AskedDay>>(new Map());
  #failure = $state.raw<Problem | null>(null);
  readonly #calls: Pick<ActCalls, 'verdicts'>;
  readonly #zone: () => string;
  readonly #inView: () => readonly string[];
  /** What is being asked of each day; an answer to what is asked no more is not learned. */
  #asking = new Map<string, Turn>();
  #expected: Expected | null = null;

  /** `inView` tells whose rows are seen; nobody where all are. */
  constructor(calls: Pick<ActCalls, 'verdicts'>, zone: () => string, inView: () => readonly string[] = () => []) {
    this.#calls = calls;
    this.#zone = zone;
    this.#inView = inView;
  }

  get held(): Held | null {
    return this.#held;
  }

  /** The technician and the start it is held over; null over nothing, or over the queue. */
  get spot(): Spot | null {
    return this.#spot;
  }

  get isOverQueue(): boolean {
    return this.#isOverQueue;
  }

  get failure(): Problem | null {
    return this.#failure;
  }

  get edge(): Edge | null {
    return this.#edge;
  }

  /** What is known of the technician it is held over, on that day. */
  get here(): VerdictRow | undefined {
    return this.#spot === null ? undefined : this.#row(this.#spot.technician, this.#spot.start);
  }

  /** What would come of letting go here; null while it is not known. */
  readonly judged: Judged | null = $derived.by(() => {
    const spot = this.#spot;
    if (spot === null) return null;
    return judged(this.here, spot.start, this.#days.get(this.#dayOf(spot.start))?.readAt);
  });

  /** Whether it is where it was taken from. */
  get isHome(): boolean {
    const [from, spot] = [this.#held?.from, this.#spot];
    return from?.technician === spot?.technician && from?.start === spot?.start;
  }

  /** By how much the promise is missed by the start it is held over, in seconds. */
  get lateBy(): number {
    const spot = this.#spot;
    const due = spot && this.#days.get(this.#dayOf(spot.start))?.due;
    return spot && due ? Math.max(0, (spot.start - due) / 1000) : 0;
  }

  /** What is known of a technician on the day of an instant, to colour the row by. */
  rowsOf(technician: string): VerdictRow[] {
    return [...this.#days.values()].flatMap((day) => day.rows.get(technician) ?? []);
  }

  /** It may be taken up in a moment: what is asked first then is on its way already. */
  expect(intervention: string, day: string): void {
    this.#expected = this.#first(intervention, day);
    // Whoever takes it up is told.
    this.#expected.answer.catch(() => undefined);
  }

  /** It was not taken up. */
  expectNothing(): void {
    this.#expected = null;
  }

  /** Takes work up; the verdicts on this day come a moment later. */
  async take(held: Held, day: string): Promise<void> {
    this.cancel();
    this.#held = held;
    this.#spot = held.from;
    await this.#ask(day);
  }

  /** Over a technician, at an instant; what is near and possible attracts it. */
  aim(technician: string, instant: number): void {
    if (this.#held === null) return;
    this.#isOverQueue = false;
    const start = snapped(this.#row(technician, instant), instant, STEP);
    this.#hold({ technician, start });
  }

  aimAtQueue(): void {
    this.#spot = null;
    this.#isOverQueue = this.#held?.visit != null;
  }

  aimNowhere(): void {
    this.#spot = null;
    this.#isOverQueue = false;
  }

  /** Earlier or later by keys, to the next start that can be, or at which nothing else moves. */
  step(by: 1 | -1, fitting = false): void {
    const spot = this.#spot;
    if (spot === null) return;
    const row = this.#row(spot.technician, spot.start);
    const start = (fitting ? nextFitting : stepped)(row, spot.start, by * STEP);
    this.#hold({ technician: spot.technician, start });
    if (start === spot.start) this.#edge = by > 0 ? 'later' : 'earlier';
  }

  /** To another technician by keys, at the same time or the first after it that can be. */
  turnTo(technician: string, wanted: number): void {
    const row = this.#row(technician, wanted);
    const here = judged(row, wanted);
    const start = here?.level === 'blocked' ? firstPossible(row, wanted) : wanted;
    this.#isOverQueue = false;
    this.#hold({ technician, start: start ?? Math.round(wanted / STEP) * STEP });
  }

  /** No row lies beyond this one. */
  stopAt(edge: 'above' | 'below'): void {
    this.#edge = edge;
  }

  /** Until it is known what would come of letting go here, or that it cannot be known. */
  async answered(): Promise<void> {
    if (this.#spot !== null) await this.#asking.get(this.#dayOf(this.#spot.start))?.answered;
  }

  /** The day is another one by now: the same work, asked about again. */
  async lookAgain(): Promise<void> {
    const days = [...this.#days.keys()];
    this.#days = new Map();
    this.#asking.clear();
    await Promise.all(days.map((day) => this.#ask(day)));
  }

  cancel(): void {
    this.#held = null;
    this.#spot = null;
    this.#isOverQueue = false;
    this.isLed = false;
    this.#edge = null;
    this.#days = new Map();
    this.#failure = null;
    this.#asking.clear();
  }

  #hold(spot: Spot): void {
    this.#edge = null;
    const held = this.#spot;
    if (held?.technician === spot.technician && held.start === spot.start) return;
    this.#spot = spot;
    void this.#ask(this.#dayOf(spot.start));
  }

  #row(technician: string, instant: number): VerdictRow | undefined {
    return this.#days.get(this.#dayOf(instant))?.rows.get(technician);
  }

  #dayOf(instant: number): string {
    return dayIn(this.#zone(), instant);
  }

  #ask(day: string): Promise<void> {
    const held = this.#held;
    if (held === null || this.#days.has(day)) return Promise.resolve();
    const before = this.#asking.get(day);
    if (before !== undefined) return before.answered;
    const turn: Turn = { answered: Promise.resolve() };
    this.#asking.set(day, turn);
    turn.answered = this.#askFor(held.intervention, day, turn);
    return turn.answered;
  }

  async #askFor(intervention: string, day: string, turn: Turn): Promise<void> {
    const isAsked = () => this.#asking.get(day) === turn;
    try {
      const { seen, answer } = this.#expectedOr(intervention, day);
      const first = await answer;
      if (isAsked()) this.#learn(day, first);
      if (seen.length === 0 || !isAsked()) return;
      const all = await this.#calls.verdicts(intervention, day);
      if (isAsked()) this.#learn(day, all);
    } catch (error) {
      if (isAsked()) this.#failure = problemOf(error);
    } finally {
      if (isAsked()) this.#asking.delete(day);
    }
  }

  #first(intervention: string, day: string): Expected {
    const seen = this.#inView();
    const answer = this.#calls.verdicts(intervention, day, seen.length > 0 ? seen : undefined);
    return { intervention, day, seen, answer };
  }

  #expectedOr(intervention: string, day: string): Expected {
    const expected = this.#expected;
    this.#expected = null;
    const isIt = expected?.intervention === intervention && expected.day === day;
    return isIt ? expected : this.#first(intervention, day);
  }

  #learn(day: string, answer: Verdicts): void {
    const due = answer.due_at === null ? null : Date.parse(answer.due_at);
    const rows = new Map(answer.rows.map((row) => [row.technician_id, row]));
    this.#days = new Map(this.#days).set(day, { due, readAt: Date.parse(answer.read_at), rows });
    this.#failure = null;
    if (this.#held) this.#held = { ...this.#held, lasts: answer.duration_seconds * 1000 };
  }
}
