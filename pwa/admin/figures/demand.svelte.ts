// What a region's week will bring, as rows of hours and sums of days.
import type { Face } from '../../lib/ui/index.ts';
import { Loaded } from '../loaded.svelte.ts';
import type { Demand, FiguresGateway, Region } from './gateway.ts';

export class DemandView {
  region = $state('');
  readonly regions: Loaded<Region[]>;
  readonly loaded: Loaded<Demand>;

  constructor(gateway: FiguresGateway) {
    this.regions = new Loaded(() => gateway.regions());
    this.loaded = new Loaded(() => gateway.demand(this.region));
  }

  get face(): Face {
    if (this.regions.face !== 'ready') return this.regions.face;
    return this.loaded.face === 'ready' && this.loaded.value?.hours.length === 0 ? 'empty' : this.loaded.face;
  }

  /** One row for each hour of the day; `share` is the part of the busiest hour of the week. */
  get rows() {
    const hours = this.loaded.value?.hours ?? [];
    const most = Math.max(...hours.map(({ expected }) => expected), Number.MIN_VALUE);
    return Array.from({ length: hours.length / 7 }, (_, hour) => ({
      hour,
      days: hours.filter((each) => each.hour === hour).map((each) => ({ ...each, share: each.expected / most })),
    }));
  }

  /** What each day brings in all, Monday first. */
  get days(): number[] {
    const sums = Array.from({ length: 7 }, () => 0);
    for (const { weekday, expected } of this.loaded.value?.hours ?? []) sums[weekday]! += expected;
    return sums;
  }

  async look(): Promise<void> {
    if (this.region) await this.loaded.refresh();
  }

  async start(): Promise<void> {
    await this.regions.refresh();
    this.region ||= this.regions.value?.[0]?.id ?? '';
    await this.look();
  }
}
