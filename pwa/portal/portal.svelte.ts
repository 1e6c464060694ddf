// What a building manager sees: their sites as last told, how fresh that is, and which to show first.
// The sentences are in sentences/; one site's past is in history.svelte.ts.

import { Problem } from '../lib/api/index.ts';
import type { Face } from '../lib/ui/Faces.svelte';
import { faceOf } from '../lib/ui/problems.ts';
import { plain } from './choices.ts';
import { coalesced } from './coalesced.ts';
import { isTrouble, worstFirst, worstOf } from './condition.ts';
import type { Gateway } from './gateway.ts';
import type { Asset, Site } from './wire.ts';

/** Where the last answer is kept for a start without the network. */
export interface SiteStore {
  read(): Promise<{ sites: Site[]; asOf: string } | undefined>;
  write(kept: { sites: Site[]; asOf: string }): Promise<void>;
}

export interface PortalParts {
  readonly gateway: Pick<Gateway, 'sites'>;
  readonly store: SiteStore;
  readonly now: () => Date;
  readonly language: () => string;
}

const FILTER_FROM = 8;

export class Portal {
  filter = $state('');
  #parts: PortalParts;
  #sites = $state.raw<Site[]>();
  #asOf = $state<string>();
  #problem = $state.raw<Problem>();
  /** Asks the server again; wishes that come while it answers are answered together. */
  readonly refresh: () => Promise<void>;

  constructor(parts: PortalParts) {
    this.#parts = parts;
    this.refresh = coalesced(() => this.#load());
  }

  get face(): Face {
    if (this.#sites) return this.#sites.length === 0 ? 'empty' : 'ready';
    if (!this.#problem) return 'loading';
    return faceOf(this.#problem);
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** When the server said what is shown. */
  get asOf(): string | undefined {
    return this.#asOf;
  }

  /** What is shown is old: the last question was not answered. */
  get isStale(): boolean {
    return this.#sites !== undefined && this.#problem !== undefined;
  }

  get sites(): readonly Site[] {
    return this.#sites ?? [];
  }

  get assets(): readonly Asset[] {
    return this.sites.flatMap((site) => site.assets);
  }

  /** A few sites are found by looking; many need a filter. */
  get hasFilter(): boolean {
    return this.sites.length >= FILTER_FROM;
  }

  /** Sites where somebody should know what happens, worst first. */
  get troubled(): readonly Site[] {
    return this.#shown.filter((site) => isTrouble(worstOf(site)));
  }

  get calm(): readonly Site[] {
    return this.#shown.filter((site) => !isTrouble(worstOf(site)));
  }

  site(id: string): Site | undefined {
    return this.sites.find((site) => site.id === id);
  }

  /** Shows what this device kept, until the server answers. */
  async restore(): Promise<void> {
    const kept = await this.#parts.store.read().catch(() => undefined);
    if (!kept || this.#sites) return;
    this.#sites = kept.sites;
    this.#asOf = kept.asOf;
  }

  /** Forgets everything shown: somebody else may sign in on this device. */
  forget(): void {
    this.#sites = undefined;
    this.#asOf = undefined;
    this.#problem = undefined;
    this.filter = '';
  }

  get #shown(): Site[] {
    const wanted = plain(this.filter);
    const matches = (site: Site): boolean =>
      [site.name, site.address, ...site.assets.flatMap(({ code, name }) => [code, name])].some(
        (text) => plain(text).includes(wanted),
      );
    return this.sites.filter(matches).sort(worstFirst(this.#parts.language()));
  }

  async #load(): Promise<void> {
    try {
      const sites = await this.#parts.gateway.sites();
      this.#sites = sites;
      this.#asOf = this.#parts.now().toISOString();
      this.#problem = undefined;
      await this.#parts.store.write({ sites, asOf: this.#asOf }).catch(() => undefined);
    } catch (error) {
      this.#problem = Problem.from(error);
    }
  }
}
