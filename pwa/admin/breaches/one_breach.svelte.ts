// One broken promise: why it should not count, and whether somebody else agrees.
import { Deed } from '../../lib/api/deed.svelte.ts';
import { Loaded } from '../loaded.svelte.ts';
import type { Breach, BreachesGateway, Decision } from './gateway.ts';

export class OneBreach {
  readonly loaded: Loaded<Breach>;
  readonly deed = new Deed();
  reason = $state('');
  zone = $state('UTC');
  readonly #gateway: BreachesGateway;

  constructor(gateway: BreachesGateway, id: string) {
    this.#gateway = gateway;
    this.loaded = new Loaded(async () => {
      const [breach, regions] = await Promise.all([gateway.breach(id), gateway.regions()]);
      this.zone = regions.find((each) => each.id === breach.region_id)?.zone ?? 'UTC';
      return breach;
    });
  }

  /** What was typed stays until it was taken. */
  async propose(): Promise<boolean> {
    const reason = this.reason.trim();
    const breach = this.loaded.value;
    if (reason === '' || breach === undefined) return false;
    const isDone = await this.#change((key) => this.#gateway.propose(breach.id, reason, key));
    if (isDone) this.reason = '';
    return isDone;
  }

  async decide(excuse: string, decision: Decision): Promise<boolean> {
    const breach = this.loaded.value;
    if (breach === undefined) return false;
    return this.#change((key) => this.#gateway.decide(breach.id, excuse, decision, key));
  }

  async #change(change: (key: string) => Promise<Breach>): Promise<boolean> {
    const isDone = await this.deed.run(async (key) => this.loaded.put(await change(key)));
    // Somebody else was faster: what they did is on screen, with why ours was not done.
    if (!isDone && this.deed.problem?.status === 409) await this.loaded.refresh();
    return isDone;
  }
}
