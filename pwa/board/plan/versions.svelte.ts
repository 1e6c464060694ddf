// The versions of a day's plan: what each came to, and two of them line by line.
import type { Problem } from '../../lib/api/problem.ts';
import { problemOf } from '../failure.ts';
import type { BoardGateway } from '../gateway.ts';
import type { Plan, PlanComparison } from '../wire.ts';

type Asked = Pick<BoardGateway, 'planVersions' | 'comparePlans'>;

export class Versions {
  #all = $state.raw<readonly Plan[]>([]);
  #chosen = $state.raw<readonly string[]>([]);
  #comparison = $state.raw<PlanComparison | null>(null);
  #failure = $state.raw<Problem | null>(null);
  #run = 0;
  readonly #gateway: Asked;

  constructor(gateway: Asked) {
    this.#gateway = gateway;
  }

  /** Newest first; only those that have a result can be compared. */
  get all(): readonly Plan[] {
    return this.#all;
  }

  /** At most two, the older first once both are chosen. */
  get chosen(): readonly string[] {
    return this.#chosen;
  }

  get comparison(): PlanComparison | null {
    return this.#comparison;
  }

  get failure(): Problem | null {
    return this.#failure;
  }

  async read(region: string, day: string): Promise<void> {
    const run = ++this.#run;
    try {
      const all = await this.#gateway.planVersions(region, day);
      if (run !== this.#run) return;
      this.#all = all;
      this.#failure = null;
      if (!this.#chosen.every((id) => all.some((one) => one.id === id))) this.#forget();
    } catch (error) {
      if (run === this.#run) this.#failure = problemOf(error);
    }
  }

  /** Chooses a version or lets it go; with a third, the first chosen is let go. */
  async choose(id: string): Promise<void> {
    const rest = this.#chosen.filter((one) => one !== id);
    const chosen = rest.length < this.#chosen.length ? rest : [...rest, id].slice(-2);
    this.#forget();
    this.#chosen = this.#inOrder(chosen);
    const [first, second] = this.#chosen;
    if (first === undefined || second === undefined) return;
    try {
      const found = await this.#gateway.comparePlans(first, second);
      if (this.#chosen[0] !== first || this.#chosen[1] !== second) return;
      this.#comparison = found;
      this.#failure = null;
    } catch (error) {
      this.#failure = problemOf(error);
    }
  }

  #forget(): void {
    this.#chosen = [];
    this.#comparison = null;
  }

  #inOrder(ids: readonly string[]): string[] {
    const place = (id: string) => this.#all.findIndex((one) => one.id === id);
    return [...ids].sort((a, b) => place(b) - place(a));
  }
}
