// Why things are as they are, for whatever is selected: a visit, a call that waits, a technician.
// Everything told comes from the server's own ranking of the day; nothing is guessed here.
import type { Problem } from '../../lib/api/problem.ts';
import { problemOf } from '../failure.ts';
import type { BoardGateway } from '../gateway.ts';
import type { Blocked, Candidate, Candidates, Intervention } from '../wire.ts';

/** How many waiting calls a technician's day is measured against. */
export const MOST_CALLS = 6;

export interface Verdict {
  readonly call: Intervention;
  readonly candidate: Candidate | null;
  readonly blocked: Blocked | null;
  /** Who would be asked first. */
  readonly best: Candidate | null;
}

export class Explain {
  #candidates = $state.raw<Candidates | null>(null);
  #verdicts = $state.raw<readonly Verdict[] | null>(null);
  #failure = $state.raw<Problem | null>(null);
  #run = 0;
  readonly #gateway: Pick<BoardGateway, 'candidates'>;

  constructor(gateway: Pick<BoardGateway, 'candidates'>) {
    this.#gateway = gateway;
  }

  /** Who could go and who could not, as if nobody were planned. */
  get candidates(): Candidates | null {
    return this.#candidates;
  }

  get verdicts(): readonly Verdict[] | null {
    return this.#verdicts;
  }

  get failure(): Problem | null {
    return this.#failure;
  }

  async aboutWork(intervention: string): Promise<void> {
    await this.#ask(async () => {
      const found = await this.#gateway.candidates(intervention, []);
      return () => (this.#candidates = found);
    });
  }

  /** Could this technician take the calls that wait, and if not, what stands in the way? */
  async aboutTechnician(technician: string, waiting: readonly Intervention[]): Promise<void> {
    await this.#ask(async () => {
      const verdicts: Verdict[] = [];
      for (const call of waiting.slice(0, MOST_CALLS)) {
        const found = await this.#gateway.candidates(call.id, []);
        verdicts.push({
          call,
          candidate: found.candidates.find((one) => one.technician_id === technician) ?? null,
          blocked: found.blocked.find((one) => one.technician_id === technician) ?? null,
          best: found.candidates[0] ?? null,
        });
      }
      return () => (this.#verdicts = verdicts);
    });
  }

  async #ask(question: () => Promise<() => void>): Promise<void> {
    const run = ++this.#run;
    this.#failure = null;
    try {
      const take = await question();
      if (run === this.#run) take();
    } catch (error) {
      if (run === this.#run) this.#failure = problemOf(error);
    }
  }
}
