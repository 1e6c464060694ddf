// What the promises nothing planned will keep are going to cost, for one region. Read again with
// the board and every minute; a silence leaves nothing on screen that may no longer be true.
import { problemOf } from '../failure.ts';
import type { BoardGateway } from '../gateway.ts';
import type { MoneyAtRisk, RiskItem } from '../wire.ts';

export class Money {
  #read = $state.raw<MoneyAtRisk | null>(null);
  #run = 0;
  readonly #gateway: Pick<BoardGateway, 'moneyAtRisk'>;

  constructor(gateway: Pick<BoardGateway, 'moneyAtRisk'>) {
    this.#gateway = gateway;
  }

  /** What is lost by when; null where nothing is. */
  get atRisk(): MoneyAtRisk | null {
    return this.totals.length === 0 ? null : this.#read;
  }

  get totals(): readonly (readonly [currency: string, amount: string])[] {
    return Object.entries(this.#read?.totals ?? {}).filter(([, amount]) => Number(amount) > 0);
  }

  get items(): readonly RiskItem[] {
    return (this.#read?.items ?? []).filter(({ amount }) => Number(amount) > 0);
  }

  get hours(): number {
    if (this.#read === null) return 0;
    return (Date.parse(this.#read.until) - Date.parse(this.#read.now)) / 3_600_000;
  }

  async refresh(region: string): Promise<void> {
    const run = ++this.#run;
    if (this.#read !== null && this.#read.region_id !== region) this.#read = null;
    try {
      const read = await this.#gateway.moneyAtRisk(region);
      if (run === this.#run) this.#read = read;
    } catch (error) {
      problemOf(error);
      if (run === this.#run) this.#read = null;
    }
  }
}
