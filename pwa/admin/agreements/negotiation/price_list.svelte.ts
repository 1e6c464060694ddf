// The prices of one alternative as they are typed: one for everywhere, others for single regions.
import type { Prices } from './alternatives.svelte.ts';
import { amountOf } from './money.ts';

interface Row {
  region: string;
  amount: string;
}

export class PriceList {
  everywhere = $state('');
  readonly rows = $state<Row[]>([]);

  constructor(prices: Prices = []) {
    for (const { region_id, amount } of prices)
      if (region_id == null) this.everywhere = String(amount);
      else this.rows.push({ region: region_id, amount: String(amount) });
  }

  /** What is sent: undefined while a region or an amount is missing. */
  get prices(): Prices | undefined {
    const given = [{ region_id: null, amount: amountOf(this.everywhere) }, ...this.rows.map(sent)];
    return given.every(isWhole) ? given : undefined;
  }

  /** Of these regions, those without a price in another row. */
  open<Region extends { readonly id: string }>(regions: readonly Region[], row: Row): Region[] {
    return regions.filter(({ id }) => id === row.region || this.rows.every(({ region }) => region !== id));
  }

  add(): void {
    this.rows.push({ region: '', amount: '' });
  }

  remove(row: Row): void {
    this.rows.splice(this.rows.indexOf(row), 1);
  }

  clear(): void {
    this.everywhere = '';
    this.rows.length = 0;
  }
}

const sent = ({ region, amount }: Row) => ({ region_id: region, amount: amountOf(amount) });

const isWhole = (each: { region_id: string | null; amount: string | undefined }): each is { region_id: string | null; amount: string } =>
  each.region_id !== '' && each.amount !== undefined;
