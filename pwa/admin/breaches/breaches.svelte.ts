// The register of broken promises, and the few somebody looks for.
import { Loaded } from '../loaded.svelte.ts';
import { monthSpan } from '../months.ts';
import { Paged } from '../paged.svelte.ts';
import type {
  Breach,
  BreachesGateway,
  BreachState,
  Customer,
  Party,
  Region,
  WantedBreaches,
} from './gateway.ts';

export class Breaches {
  region = $state('');
  customer = $state('');
  month = $state('');
  party = $state<Party | ''>('');
  state = $state<BreachState | ''>('');
  readonly list: Paged<Breach>;
  readonly names: Loaded<{ regions: Region[]; customers: Customer[] }>;

  constructor(gateway: BreachesGateway) {
    this.list = new Paged((cursor) => gateway.breaches(this.wanted, cursor));
    this.names = new Loaded(async () => {
      const [regions, customers] = await Promise.all([gateway.regions(), gateway.customers()]);
      return { regions, customers };
    });
  }

  /** Months begin where the region is; without one, where the first one is. */
  get zone(): string {
    const regions = this.names.value?.regions ?? [];
    return (regions.find(({ id }) => id === this.region) ?? regions[0])?.zone ?? 'UTC';
  }

  zoneOf({ region_id: region }: Breach): string {
    return this.names.value?.regions.find(({ id }) => id === region)?.zone ?? this.zone;
  }

  get isFiltered(): boolean {
    return [this.region, this.customer, this.month, this.party, this.state].some(Boolean);
  }

  get wanted(): WantedBreaches {
    const span = monthSpan(this.month, this.zone);
    return {
      ...(this.region && { region_id: this.region }),
      ...(this.customer && { customer_id: this.customer }),
      ...(this.party && { party: this.party }),
      ...(this.state && { state: this.state }),
      ...span,
    };
  }

  clearFilter(): void {
    this.region = this.customer = this.month = this.party = this.state = '';
  }

  /** Names first: a month begins at an hour only their zones tell. */
  async start(): Promise<void> {
    await this.names.refresh();
    await this.list.refresh();
  }
}
