// Why the promises of an intervention fall due when they do: asked for when somebody wants to know.
// Once asked for, it is kept as fresh as the rest of the page.

import { Problem } from '../lib/api/index.ts';
import type { Face } from '../lib/ui/Faces.svelte';
import { faceOf } from '../lib/ui/problems.ts';
import { coalesced } from './coalesced.ts';
import type { Gateway } from './gateway.ts';
import type { Trails } from './wire.ts';

type Server = Pick<Gateway, 'trails'>;

export class Explanation {
  readonly interventionId: string;
  readonly refresh: () => Promise<void>;
  #gateway: Server;
  #isWanted = $state(false);
  #trails = $state.raw<Trails>();
  #problem = $state.raw<Problem>();

  constructor(interventionId: string, gateway: Server) {
    this.interventionId = interventionId;
    this.#gateway = gateway;
    this.refresh = coalesced(() => this.#load());
  }

  /** Somebody asked for it. */
  get isWanted(): boolean {
    return this.#isWanted;
  }

  get trails(): Trails | undefined {
    return this.#trails;
  }

  get face(): Face {
    if (this.#trails) return 'ready';
    return this.#problem ? faceOf(this.#problem) : 'loading';
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  async want(): Promise<void> {
    if (this.#isWanted) return;
    this.#isWanted = true;
    await this.refresh();
  }

  async #load(): Promise<void> {
    try {
      this.#trails = await this.#gateway.trails(this.interventionId);
      this.#problem = undefined;
    } catch (error) {
      this.#problem = Problem.from(error);
    }
  }
}

export class Explanations {
  #gateway: Server;
  #known = new Map<string, Explanation>();

  constructor(gateway: Server) {
    this.#gateway = gateway;
  }

  of(interventionId: string): Explanation {
    const known = this.#known.get(interventionId) ?? new Explanation(interventionId, this.#gateway);
    this.#known.set(interventionId, known);
    return known;
  }

  /** Asks again for what somebody is looking at. */
  async refresh(): Promise<void> {
    const wanted = [...this.#known.values()].filter(({ isWanted }) => isWanted);
    await Promise.all(wanted.map((each) => each.refresh()));
  }

  forget(): void {
    this.#known.clear();
  }
}
