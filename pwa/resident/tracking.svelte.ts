// How a report goes on: asked every few seconds while somebody looks, until nothing more will happen.

import { clock, Problem } from '../lib/api/index.ts';
import type { Gateway, Tracked } from './gateway.ts';

/** Whoever waits learns of a change within five seconds. */
export const EVERY_MS = 4_000;

export class Tracking {
  #shown = $state.raw<Tracked>();
  #problem = $state.raw<Problem>();
  #seenAt = $state.raw<Date>();
  #isAsking = false;
  readonly #token: string;
  readonly #gateway: Pick<Gateway, 'tracked' | 'survey'>;

  constructor(token: string, gateway: Pick<Gateway, 'tracked' | 'survey'>) {
    this.#token = token;
    this.#gateway = gateway;
  }

  get shown(): Tracked | undefined {
    return this.#shown;
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** When the server was last heard. */
  get seenAt(): Date | undefined {
    return this.#seenAt;
  }

  get isEnded(): boolean {
    return this.#problem?.code === 'tracking_ended';
  }

  get isOver(): boolean {
    return this.isEnded || (this.#shown !== undefined && this.#shown.ended_at !== null);
  }

  async look(now: () => Date = () => clock.now()): Promise<void> {
    if (this.#isAsking || this.isEnded) return;
    this.#isAsking = true;
    try {
      this.#shown = await this.#gateway.tracked(this.#token);
      this.#seenAt = now();
      this.#problem = undefined;
    } catch (error) {
      this.#problem = Problem.from(error);
    } finally {
      this.#isAsking = false;
    }
  }

  /** Where to say how it was; undefined where somebody did, or it cannot be asked now. */
  async survey(): Promise<string | undefined> {
    try {
      return await this.#gateway.survey(this.#token);
    } catch (error) {
      this.#problem = Problem.from(error);
      return undefined;
    }
  }

  /** Looks again and again while the page is seen; call the answer to stop. */
  follow(): () => void {
    const look = (): void => {
      if (document.visibilityState === 'visible' && !this.isOver) void this.look();
    };
    void this.look();
    const timer = setInterval(look, EVERY_MS);
    document.addEventListener('visibilitychange', look);
    addEventListener('online', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      removeEventListener('online', look);
    };
  }
}
