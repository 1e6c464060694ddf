// Who else has this board open, and what is open on it. Soft: it locks nothing, and a colleague
// whose page closes or falls silent is gone within a minute.
import { problemOf } from '../failure.ts';
import type { BoardGateway } from '../gateway.ts';
import type { Looker } from '../wire.ts';

/** Well within the minute after which the server takes a page for closed. */
const BEAT_MS = 15_000;

export class Looking {
  #others = $state.raw<readonly Looker[]>([]);
  #region: string | null = null;
  #intervention: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run = 0;
  readonly #gateway: Pick<BoardGateway, 'look'>;
  readonly #page = crypto.randomUUID();

  constructor(gateway: Pick<BoardGateway, 'look'>) {
    this.#gateway = gateway;
  }

  get others(): readonly Looker[] {
    return this.#others;
  }

  /** The names of those who have this intervention open. */
  at(intervention: string): string[] {
    return this.#others
      .filter((one) => one.intervention_ids.includes(intervention))
      .map((one) => one.name);
  }

  /** What this page shows now: told at once, and again while it stays so. */
  async show(region: string | null, intervention: string | null): Promise<void> {
    if (region === this.#region && intervention === this.#intervention) return;
    if (region !== this.#region) this.#others = [];
    this.#region = region;
    this.#intervention = intervention;
    await this.#tell();
  }

  /** The page closes, or goes away for long: colleagues need not wait for the minute. */
  leave(): void {
    clearTimeout(this.#timer);
    this.#run += 1;
    if (this.#region === null) return;
    const left = { page: this.#page, region_id: this.#region, is_leaving: true };
    this.#region = this.#intervention = null;
    this.#gateway.look(left).catch(problemOf);
  }

  async #tell(): Promise<void> {
    clearTimeout(this.#timer);
    const [region, run] = [this.#region, ++this.#run];
    if (region === null) return;
    try {
      const told = await this.#gateway.look({
        page: this.#page,
        region_id: region,
        intervention_id: this.#intervention,
        is_leaving: false,
      });
      if (run === this.#run) this.#others = told.others;
    } catch (error) {
      problemOf(error);
      // Without an answer nobody knows who looks: better nobody than somebody who has left.
      if (run === this.#run) this.#others = [];
    }
    if (run === this.#run) this.#timer = setTimeout(() => void this.#tell(), BEAT_MS);
  }
}
