// What-if scenarios of the day on screen: put together, worked out, compared, applied or dropped.
// Nothing of the real day changes before one is applied, and then only as a plan to review.
import type { Problem } from '../../lib/api/problem.ts';
import { problemOf } from '../failure.ts';
import type { BoardGateway } from '../gateway.ts';
import type { Plan, Scenario, Supposed } from '../wire.ts';

const POLL_MS = 1000;
/** So many stand side by side. */
export const BESIDE = 2;

type Asked = Pick<BoardGateway, 'scenarios' | 'suppose' | 'applyScenario' | 'dropScenario'>;

export class WhatIf {
  /** What the next scenario supposes. */
  #supposed = $state.raw<readonly Supposed[]>([]);
  #all = $state.raw<readonly Scenario[]>([]);
  #failure = $state.raw<Problem | null>(null);
  #isBusy = $state(false);
  #day = '';
  #region = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #gateway: Asked;

  constructor(gateway: Asked) {
    this.#gateway = gateway;
  }

  get supposed(): readonly Supposed[] {
    return this.#supposed;
  }

  /** Those that stand side by side: the newest two, the older one first. */
  get shown(): readonly Scenario[] {
    return this.#all.slice(0, BESIDE).reverse();
  }

  get isRunning(): boolean {
    return this.#all.some(({ status }) => status === 'running');
  }

  get failure(): Problem | null {
    return this.#failure;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  add(one: Supposed): void {
    this.#supposed = [...this.#supposed, one];
  }

  remove(place: number): void {
    this.#supposed = this.#supposed.filter((_, at) => at !== place);
  }

  async read(region: string, day: string): Promise<void> {
    if (region !== this.#region || day !== this.#day) this.#all = [];
    this.#region = region;
    this.#day = day;
    clearTimeout(this.#timer);
    try {
      const found = await this.#gateway.scenarios(region, day);
      if (region !== this.#region || day !== this.#day) return;
      this.#all = found.filter(({ status }) => status !== 'applied');
      this.#failure = null;
      if (this.isRunning) this.#timer = setTimeout(() => void this.read(region, day), POLL_MS);
    } catch (error) {
      this.#failure = problemOf(error);
    }
  }

  async workOut(seconds: number): Promise<void> {
    await this.#command(async () => {
      await this.#gateway.suppose({
        region_id: this.#region,
        day: this.#day,
        supposed: [...this.#supposed],
        seconds,
        seed: 0,
      });
      this.#supposed = [];
    });
  }

  /** The plan to review; null where the server would not. */
  async apply(id: string): Promise<Plan | null> {
    let plan: Plan | null = null;
    await this.#command(async () => {
      plan = await this.#gateway.applyScenario(id);
    });
    return plan;
  }

  async drop(id: string): Promise<void> {
    await this.#command(async () => {
      await this.#gateway.dropScenario(id);
    });
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #command(command: () => Promise<void>): Promise<void> {
    this.#isBusy = true;
    try {
      await command();
      await this.read(this.#region, this.#day);
    } catch (error) {
      this.#failure = problemOf(error);
    } finally {
      this.#isBusy = false;
    }
  }
}
