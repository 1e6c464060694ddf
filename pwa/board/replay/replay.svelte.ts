// A day looked at again: its steps, the instant on screen, playing on. What it shows is the board's.
import type { Problem } from '../../lib/api/problem.ts';
import { problemOf } from '../failure.ts';
import type { BoardGateway } from '../gateway.ts';
import type { BoardStep, BoardSteps } from '../wire.ts';

/** Minutes of the day that pass in a second of playing. */
export const SPEEDS = [5, 15, 60] as const;
export type Speed = (typeof SPEEDS)[number];
const FRAMES_PER_SECOND = 2;

export interface Times {
  /** Milliseconds between which an instant may be chosen. */
  readonly from: number;
  readonly to: number;
}

export class Replay {
  speed = $state<Speed>(15);

  #told = $state.raw<BoardSteps | null>(null);
  #failure = $state.raw<Problem | null>(null);
  #timer = $state.raw<ReturnType<typeof setInterval> | null>(null);
  readonly #gateway: Pick<BoardGateway, 'boardSteps'>;
  readonly #show: (at: number) => void;
  #run = 0;

  constructor(gateway: Pick<BoardGateway, 'boardSteps'>, show: (at: number) => void) {
    this.#gateway = gateway;
    this.#show = show;
  }

  get steps(): readonly BoardStep[] {
    return this.#told?.steps ?? [];
  }

  get failure(): Problem | null {
    return this.#failure;
  }

  get isPlaying(): boolean {
    return this.#timer !== null;
  }

  async read(region: string, day: string): Promise<void> {
    const run = ++this.#run;
    try {
      const told = await this.#gateway.boardSteps(region, day);
      if (run !== this.#run) return;
      this.#told = told;
      this.#failure = null;
    } catch (error) {
      if (run === this.#run) this.#failure = problemOf(error);
    }
  }

  /** From an hour before the first thing that happened to an hour after the last, within the day. */
  times(now: number): Times {
    const told = this.#told;
    if (told === null) return { from: now, to: now };
    const [start, end] = [Date.parse(told.day_starts_at), Math.min(Date.parse(told.day_ends_at), now)];
    const [first, last] = [told.steps[0], told.steps.at(-1)];
    if (first === undefined || last === undefined) return { from: start, to: Math.max(start, end) };
    const hour = 3_600_000;
    return {
      from: Math.max(start, Date.parse(first.at) - hour),
      to: Math.min(end, Date.parse(last.at) + hour),
    };
  }

  /** The last thing that had happened by an instant. */
  stepAt(at: number): BoardStep | null {
    return this.steps.findLast((step) => Date.parse(step.at) <= at) ?? null;
  }

  /** The instant of the next thing that happened after, or the one before. */
  beside(at: number, by: 1 | -1): number | null {
    const instants = this.steps.map((step) => Date.parse(step.at));
    return (by === 1 ? instants.find((one) => one > at) : instants.findLast((one) => one < at)) ?? null;
  }

  play(from: () => number, until: number): void {
    this.stop();
    this.#timer = setInterval(() => {
      const next = Math.min(until, from() + (this.speed * 60_000) / FRAMES_PER_SECOND);
      this.#show(next);
      if (next >= until) this.stop();
    }, 1000 / FRAMES_PER_SECOND);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}
