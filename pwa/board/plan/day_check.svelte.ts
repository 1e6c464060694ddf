// What would spoil a plan of the day on screen: read when the panel opens, and again when asked.
import type { Problem } from '../../lib/api/problem.ts';
import { problemOf } from '../failure.ts';
import type { BoardGateway } from '../gateway.ts';
import type { PlanFinding, PlanningCheck } from '../wire.ts';

export class DayCheck {
  #found = $state.raw<PlanningCheck | null>(null);
  #failure = $state.raw<Problem | null>(null);
  #run = 0;
  readonly #gateway: Pick<BoardGateway, 'planningCheck'>;

  constructor(gateway: Pick<BoardGateway, 'planningCheck'>) {
    this.#gateway = gateway;
  }

  get found(): PlanningCheck | null {
    return this.#found;
  }

  get failure(): Problem | null {
    return this.#failure;
  }

  /** What keeps work out of the plan or makes it worse. */
  get grave(): readonly PlanFinding[] {
    return this.#found?.findings.filter((one) => one.weight !== 'tells') ?? [];
  }

  /** What is only worth knowing. */
  get told(): readonly PlanFinding[] {
    return this.#found?.findings.filter((one) => one.weight === 'tells') ?? [];
  }

  async read(region: string, day: string): Promise<void> {
    const run = ++this.#run;
    if (this.#found?.region_id !== region || this.#found.day !== day) this.#found = null;
    try {
      const found = await this.#gateway.planningCheck(region, day);
      if (run !== this.#run) return;
      this.#found = found;
      this.#failure = null;
    } catch (error) {
      if (run === this.#run) this.#failure = problemOf(error);
    }
  }
}
