// Why a plan serves something late or not at all: asked for one piece of work, when somebody looks.
import type { Problem } from '../../lib/api/problem.ts';
import { problemOf } from '../failure.ts';
import type { BoardGateway } from '../gateway.ts';
import type { PlanExplanation } from '../wire.ts';

export class Why {
  #found = $state.raw<PlanExplanation | null>(null);
  #failure = $state.raw<Problem | null>(null);
  readonly #gateway: Pick<BoardGateway, 'explainPlanned'>;

  constructor(gateway: Pick<BoardGateway, 'explainPlanned'>) {
    this.#gateway = gateway;
  }

  get found(): PlanExplanation | null {
    return this.#found;
  }

  get failure(): Problem | null {
    return this.#failure;
  }

  async ask(plan: string, intervention: string): Promise<void> {
    if (this.#found !== null) return;
    this.#failure = null;
    try {
      this.#found = await this.#gateway.explainPlanned(plan, intervention);
    } catch (error) {
      this.#failure = problemOf(error);
    }
  }
}
