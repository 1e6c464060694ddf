// How the deadlines of the intervention on screen came about, and what its clocks told of.
// Read again whenever the intervention is; until then, what was read before stays.
import type { Problem } from '../../lib/api/problem.ts';
import { problemOf } from '../failure.ts';
import type { BoardGateway } from '../gateway.ts';
import type { Told, Trail } from '../wire.ts';

export class Explained {
  #trails = $state.raw<readonly Trail[]>([]);
  #marks = $state.raw<readonly Told[]>([]);
  #failure = $state.raw<Problem | null>(null);
  #about = '';
  #run = 0;
  readonly #gateway: Pick<BoardGateway, 'trails' | 'marks'>;

  constructor(gateway: Pick<BoardGateway, 'trails' | 'marks'>) {
    this.#gateway = gateway;
  }

  get trails(): readonly Trail[] {
    return this.#trails;
  }

  /** In the order it happened. */
  get marks(): readonly Told[] {
    return this.#marks;
  }

  /** Why it could not be read last; the promises themselves are shown all the same. */
  get failure(): Problem | null {
    return this.#failure;
  }

  async read(intervention: string): Promise<void> {
    const run = ++this.#run;
    if (intervention !== this.#about) {
      this.#about = intervention;
      this.#trails = this.#marks = [];
      this.#failure = null;
    }
    try {
      const [trails, marks] = await Promise.all([
        this.#gateway.trails(intervention),
        this.#gateway.marks(intervention),
      ]);
      if (run !== this.#run) return;
      this.#trails = trails;
      this.#marks = marks;
      this.#failure = null;
    } catch (error) {
      if (run === this.#run) this.#failure = problemOf(error);
    }
  }
}
