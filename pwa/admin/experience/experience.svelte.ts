// What was felt: open voices, improvements and watermelons of a period, a region and a customer.
import { Deed } from '../../lib/api/deed.svelte.ts';
import { Loaded } from '../loaded.svelte.ts';
import { addDays } from '../written.ts';
import type { Command, ExperienceGateway, Improvement, Proposal, Voice, Where, Work } from './gateway.ts';

export class Experience {
  readonly deed = new Deed();
  region = $state('');
  customer = $state('');
  from = $state('');
  to = $state('');
  readonly names;
  readonly voices;
  readonly improvements;
  readonly watermelons;
  readonly drivers;
  readonly #gateway: ExperienceGateway;

  constructor(gateway: ExperienceGateway, from: string, to: string) {
    this.#gateway = gateway;
    this.from = from;
    this.to = to;
    this.names = new Loaded(async () => {
      const [regions, customers] = await Promise.all([gateway.regions(), gateway.customers()]);
      return { regions, customers };
    });
    this.voices = new Loaded(() => gateway.voices(this.#where));
    this.improvements = new Loaded(() => gateway.improvements(this.#where));
    this.watermelons = new Loaded(() => gateway.watermelons(this.#where, this.from, addDays(this.to, 1)));
    this.drivers = new Loaded(() => gateway.drivers(this.#where, this.from, addDays(this.to, 1)));
  }

  get isPeriod(): boolean {
    return this.from !== '' && this.to !== '' && this.from <= this.to;
  }

  /** Open ones first, by priority and then by the day that comes first. */
  get listed(): Improvement[] {
    const rank = (each: Improvement): string => `${each.state === 'open' ? 0 : 1}${each.priority}${each.due_on}`;
    return [...(this.improvements.value ?? [])].sort((a, b) => rank(a).localeCompare(rank(b)));
  }

  async look(): Promise<void> {
    const counted = this.isPeriod ? [this.watermelons.refresh(), this.drivers.refresh()] : [];
    await Promise.all([this.voices.refresh(), this.improvements.refresh(), ...counted]);
  }

  async start(): Promise<void> {
    await Promise.all([this.names.refresh(), this.look()]);
  }

  find(words: string): Promise<readonly Work[]> {
    return this.#gateway.found(words);
  }

  raise(work: Work, kind: Voice['kind'], text: string): Promise<boolean> {
    return this.#do(async (key) => void (await this.#gateway.raise({ intervention_id: work.id, kind, text }, key)));
  }

  close(voice: Voice, reason: string): Promise<boolean> {
    return this.#do(async (key) => void (await this.#gateway.close(voice, reason, key)));
  }

  propose(body: Proposal): Promise<boolean> {
    return this.#do(async (key) => void (await this.#gateway.propose(body, key)));
  }

  command(row: Improvement, body: Omit<Command, 'base_version'>): Promise<boolean> {
    return this.#do(async (key) => void (await this.#gateway.command(row, body, key)));
  }

  get #where(): Where {
    return {
      ...(this.region && { region_id: this.region }),
      ...(this.customer && { customer_id: this.customer }),
    };
  }

  /** Done or refused, what everybody else did meanwhile is read as well. */
  async #do(act: (key: string) => Promise<void>): Promise<boolean> {
    const isDone = await this.deed.run(act);
    if (isDone || this.deed.problem?.status === 409 || this.deed.problem?.status === 412) await this.look();
    return isDone;
  }
}
