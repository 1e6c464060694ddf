// Figures about a period, a region and a customer, each with the definition it was computed by.
import { Loaded } from '../loaded.svelte.ts';
import { addDays } from '../written.ts';
import type { Customer, Definition, Figure, Figures, FiguresGateway, Region } from './gateway.ts';

export class FiguresView {
  /** Both days count. */
  from = $state('');
  to = $state('');
  region = $state('');
  customer = $state('');
  readonly loaded: Loaded<Figures>;
  readonly names: Loaded<{ regions: Region[]; customers: Customer[]; definitions: Definition[] }>;

  constructor(gateway: FiguresGateway, from: string, to: string) {
    this.from = from;
    this.to = to;
    this.loaded = new Loaded(() =>
      gateway.figures({
        from_day: this.from,
        to_day: addDays(this.to, 1),
        ...(this.region && { region_id: this.region }),
        ...(this.customer && { customer_id: this.customer }),
      }),
    );
    this.names = new Loaded(async () => {
      const [regions, customers, definitions] = await Promise.all([
        gateway.regions(),
        gateway.customers(),
        gateway.definitions(),
      ]);
      return { regions, customers, definitions };
    });
  }

  get isPeriod(): boolean {
    return this.from !== '' && this.to !== '' && this.from <= this.to;
  }

  definition({ measure }: Figure): Definition | undefined {
    return this.names.value?.definitions.find(({ id }) => id === measure);
  }

  async look(): Promise<void> {
    if (this.isPeriod) await this.loaded.refresh();
  }

  async start(): Promise<void> {
    await Promise.all([this.names.refresh(), this.look()]);
  }
}
