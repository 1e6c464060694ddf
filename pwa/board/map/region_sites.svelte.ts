// The sites of one region, read once per region: the quiet dots between the trouble.
import { problemOf } from '../failure.ts';
import type { Problem } from '../../lib/api/problem.ts';
import type { BoardGateway } from '../gateway.ts';
import type { Site } from '../wire.ts';

export class RegionSites {
  #sites = $state.raw<readonly Site[]>([]);
  #failure = $state.raw<Problem | null>(null);
  #region: string | null = null;
  readonly #gateway: Pick<BoardGateway, 'sites'>;

  constructor(gateway: Pick<BoardGateway, 'sites'>) {
    this.#gateway = gateway;
  }

  get sites(): readonly Site[] {
    return this.#sites;
  }

  get failure(): Problem | null {
    return this.#failure;
  }

  /** Reads the region unless it is the one already here. */
  async show(region: string): Promise<void> {
    if (region === this.#region) return;
    this.#region = region;
    this.#sites = [];
    try {
      const sites = await this.#gateway.sites(region);
      if (region !== this.#region) return;
      this.#sites = sites;
      this.#failure = null;
    } catch (error) {
      if (region !== this.#region) return;
      this.#failure = problemOf(error);
      this.#region = null;
    }
  }
}
