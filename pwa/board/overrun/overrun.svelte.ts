// What follows if a visit takes longer: asked again for other minutes, or when the day changed.
import type { Problem } from '../../lib/api/problem.ts';
import { problemOf } from '../failure.ts';
import type { BoardGateway } from '../gateway.ts';
import { isComing } from '../promise.ts';
import type { Cascade, Visit } from '../wire.ts';

export class Overrun {
  #found = $state.raw<Cascade | null>(null);
  #failure = $state.raw<Problem | null>(null);
  #run = 0;
  readonly #gateway: Pick<BoardGateway, 'cascade'>;

  constructor(gateway: Pick<BoardGateway, 'cascade'>) {
    this.#gateway = gateway;
  }

  get found(): Cascade | null {
    return this.#found;
  }

  get failure(): Problem | null {
    return this.#failure;
  }

  async ask(visit: string, minutes: number): Promise<void> {
    const run = ++this.#run;
    try {
      const found = await this.#gateway.cascade(visit, minutes);
      if (run !== this.#run) return;
      this.#found = found;
      this.#failure = null;
    } catch (error) {
      if (run === this.#run) this.#failure = problemOf(error);
    }
  }
}

const ON_SITE: ReadonlySet<string> = new Set(['arrived', 'in_progress', 'paused']);

/** Whether a visit runs late by what its technician said, or by the clock. */
export function runsLate(visit: Visit, now: number): boolean {
  if (visit.late_by_seconds > 0 && isComing(visit.status)) return true;
  return ON_SITE.has(visit.status) && Date.parse(visit.ends_at) < now;
}
