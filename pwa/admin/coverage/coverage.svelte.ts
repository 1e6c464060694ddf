// Where nothing is promised, what promises can cost, and which reviews are overdue.
import { language } from '../../lib/i18n/index.ts';
import { Loaded } from '../loaded.svelte.ts';
import type { Coverage, CoverageGateway, Exposure, Exposures, Service } from './gateway.ts';

export interface UncoveredSite {
  readonly id: string;
  readonly name: string;
  readonly customer: string;
  readonly services: readonly string[];
}

export class CoverageView {
  readonly uncovered: Loaded<Coverage>;
  readonly exposures: Loaded<Exposures>;
  day = $state('');
  #services = $state.raw<readonly Service[]>([]);

  constructor(gateway: CoverageGateway, today: string) {
    this.day = today;
    this.uncovered = new Loaded(async () => {
      const [coverage, services] = await Promise.all([
        gateway.coverage(this.day),
        gateway.services(),
      ]);
      this.#services = services;
      return coverage;
    });
    this.exposures = new Loaded(() => gateway.exposures());
  }

  /** One row per site, with every service it gets without a promise. */
  get sites(): readonly UncoveredSite[] {
    const items = this.uncovered.value?.items ?? [];
    const first = new Map(items.map((each) => [each.site_id, each]));
    return [...first.values()]
      .map(({ site_id, site_name, customer_name }) => ({
        id: site_id,
        name: site_name,
        customer: customer_name,
        services: items
          .filter((each) => each.site_id === site_id)
          .map((each) => this.#serviceName(each.service)),
      }))
      .sort((one, other) => one.name.localeCompare(other.name, language.tag));
  }

  get overdue(): readonly Exposure[] {
    return (this.exposures.value?.items ?? []).filter((each) => each.is_review_overdue);
  }

  get totals(): readonly (readonly [currency: string, amount: string])[] {
    return Object.entries(this.exposures.value?.totals ?? {});
  }

  async look(day: string): Promise<void> {
    if (day === '') return;
    this.day = day;
    await this.uncovered.refresh();
  }

  async refresh(): Promise<void> {
    await Promise.all([this.uncovered.refresh(), this.exposures.refresh()]);
  }

  #serviceName(code: string): string {
    return this.#services.find((each) => each.code === code)?.names[language.tag] ?? code;
  }
}
