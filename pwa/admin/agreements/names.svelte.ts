// The names behind the ids and codes of agreements, and what a form may choose from.
import { language } from '../../lib/i18n/index.ts';
import { Problem } from '../../lib/api/problem.ts';
import type { AgreementsGateway } from './gateway.ts';
import type { Asset, Calendar, Customer, Region, Service, Site, Terms } from './wire.ts';

export class Names {
  #customers = $state.raw<readonly Customer[]>([]);
  #regions = $state.raw<readonly Region[]>([]);
  #calendars = $state.raw<readonly Calendar[]>([]);
  #services = $state.raw<readonly Service[]>([]);
  #sites = $state.raw<readonly Site[]>([]);
  #assets = $state.raw<readonly Asset[]>([]);
  #isRead = $state(false);
  readonly #gateway: AgreementsGateway;
  #sitesOf: string | null | undefined;

  constructor(gateway: AgreementsGateway) {
    this.#gateway = gateway;
  }

  get customers(): readonly Customer[] {
    return this.#customers;
  }

  get regions(): readonly Region[] {
    return this.#regions;
  }

  get calendars(): readonly Calendar[] {
    return this.#calendars;
  }

  get services(): readonly Service[] {
    return this.#services;
  }

  get sites(): readonly Site[] {
    return this.#sites;
  }

  get assets(): readonly Asset[] {
    return this.#assets;
  }

  /** Reads once; a `Problem` is thrown when it cannot. */
  async read(): Promise<void> {
    if (this.#isRead) return;
    [this.#customers, this.#regions, this.#calendars, this.#services] = await Promise.all([
      this.#gateway.customers(),
      this.#gateway.regions(),
      this.#gateway.calendars(),
      this.#gateway.services(),
    ]);
    this.#isRead = true;
  }

  /** The sites an agreement with this customer can be about. */
  async readSites(customer: string | null): Promise<void> {
    if (this.#sitesOf === customer) return;
    this.#sites = await this.#gateway.sites(customer);
    this.#sitesOf = customer;
  }

  async readAssetsOf(site: string): Promise<void> {
    if (site === '') return;
    this.#know(await this.#gateway.assetsOf(site));
  }

  /** The lifts that lines are about; one that is gone keeps no name. */
  async readAssetsIn(terms: readonly Terms[]): Promise<void> {
    const named = terms.flatMap((each) => each.clauses.map((clause) => clause.asset_id));
    const missing = new Set(named.filter((id) => id !== null && this.asset(id) === undefined));
    const found = [...missing].map((id) => this.#gateway.asset(id!).catch(nothingHere));
    this.#know((await Promise.all(found)).filter((asset) => asset !== undefined));
  }

  asset(id: string | null): Asset | undefined {
    return this.#assets.find((each) => each.id === id);
  }

  assetName(id: string): string {
    const asset = this.asset(id);
    if (asset === undefined) return '…';
    const site = this.#sites.find((each) => each.id === asset.site_id);
    return site === undefined ? `${asset.name} (${asset.code})` : `${asset.name}, ${site.name}`;
  }

  siteName(id: string): string {
    return this.#sites.find((each) => each.id === id)?.name ?? '…';
  }

  regionName(id: string): string {
    return this.#regions.find((each) => each.id === id)?.name ?? '…';
  }

  calendar(id: string | null): Calendar | undefined {
    return this.#calendars.find((each) => each.id === id);
  }

  serviceName(code: string): string {
    return this.#services.find((each) => each.code === code)?.names[language.tag] ?? code;
  }

  #know(assets: readonly Asset[]): void {
    const known = new Set(this.#assets.map((each) => each.id));
    this.#assets = [...this.#assets, ...assets.filter((each) => !known.has(each.id))];
  }
}

function nothingHere(error: unknown): undefined {
  if (error instanceof Problem && error.status === 404) return undefined;
  throw error;
}
