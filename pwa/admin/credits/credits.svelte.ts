// The register of credit notes: what a month costs, by currency, and proposing a month.
import { Deed } from '../../lib/api/deed.svelte.ts';
import { Loaded } from '../loaded.svelte.ts';
import type { CreditNote, CreditsGateway, CreditStatus, Customer, WantedCredits } from './gateway.ts';

export class Credits {
  customer = $state('');
  month = $state('');
  status = $state<CreditStatus | ''>('');
  /** The month to propose. */
  proposing = $state('');
  readonly list: Loaded<CreditNote[]>;
  readonly customers: Loaded<Customer[]>;
  readonly deed = new Deed();
  #proposed = $state<{ month: string; count: number }>();
  readonly #gateway: CreditsGateway;

  constructor(gateway: CreditsGateway) {
    this.#gateway = gateway;
    this.list = new Loaded(() => gateway.credits(this.wanted));
    this.customers = new Loaded(() => gateway.customers());
  }

  get wanted(): WantedCredits {
    return {
      ...(this.customer && { customer_id: this.customer }),
      ...(this.month && { month: this.month }),
      ...(this.status && { status: this.status }),
    };
  }

  get isFiltered(): boolean {
    return [this.customer, this.month, this.status].some(Boolean);
  }

  get face(): 'loading' | 'empty' | 'offline' | 'failed' | 'ready' {
    return this.list.value?.length === 0 ? 'empty' : this.list.face;
  }

  /** What is on screen, by currency; dropped notes cost nothing. */
  get totals(): readonly (readonly [currency: string, amount: string])[] {
    const cents = new Map<string, number>();
    for (const { status, currency, amount } of this.list.value ?? []) {
      if (status === 'dropped') continue;
      cents.set(currency, (cents.get(currency) ?? 0) + Math.round(Number(amount) * 100));
    }
    return [...cents].sort().map(([currency, sum]) => [currency, (sum / 100).toFixed(2)]);
  }

  /** What the last proposal brought: how many notes, for which month. */
  get proposed(): { month: string; count: number } | undefined {
    return this.#proposed;
  }

  async start(): Promise<void> {
    await Promise.all([this.customers.refresh(), this.list.refresh()]);
  }

  clearFilter(): void {
    this.customer = this.month = this.status = '';
  }

  async propose(): Promise<boolean> {
    const month = this.proposing;
    this.#proposed = undefined;
    const isDone = await this.deed.run(async (key) => {
      const notes = await this.#gateway.propose(month, key);
      this.#proposed = { month, count: notes.length };
    });
    if (isDone) await this.list.refresh();
    return isDone;
  }
}
