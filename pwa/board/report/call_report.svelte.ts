// Taking a call: where, how grave, what, who. Saved once, however often Save is pressed.
// Finding the best technician starts after it, in Assignment.
import type { Problem } from '../../lib/api/problem.ts';
import { wordFor } from '../../lib/i18n/index.ts';
import { problemOf } from '../failure.ts';
import { Asking } from './asking.svelte.ts';
import type { BoardGateway } from '../gateway.ts';
import type { Asset, Intervention, Report, Severity, Site } from '../wire.ts';

/** A lift's site is known here only when the search found it too. */
export type Place =
  | { readonly kind: 'asset'; readonly asset: Asset; readonly site?: Site | undefined }
  | { readonly kind: 'site'; readonly site: Site };

type Gap = 'place' | 'severity';

const SEARCH_AFTER_MS = 150;

export class CallReport {
  #isOpen = $state(false);
  #query = $state('');
  #places = $state.raw<readonly Place[]>([]);
  #isSearching = $state(false);
  #chosen = $state.raw<Place | null>(null);
  #site = $state.raw<Site | null>(null);
  #siteAssets = $state.raw<readonly Asset[]>([]);
  #failure = $state.raw<Problem | null>(null);
  #isSaving = $state(false);
  #isTried = $state(false);
  #repeatOf = $state.raw<{ readonly id: string; readonly number: string } | null>(null);

  /** Which of the site's assets; empty while nobody knows. */
  assetId = $state('');
  severity = $state<Severity | null>(null);
  summary = $state('');
  /** For whoever is not sure how grave it is. */
  readonly asking: Asking;
  callerName = $state('');
  callerPhone = $state('');

  readonly #gateway: BoardGateway;
  readonly #saved: (intervention: Intervention) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #key = '';

  constructor(gateway: BoardGateway, saved: (intervention: Intervention) => void) {
    this.#gateway = gateway;
    this.#saved = saved;
    this.asking = new Asking(
      gateway,
      () => this.#site?.customer_id,
      (severity) => (this.severity = severity),
    );
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get query(): string {
    return this.#query;
  }

  get places(): readonly Place[] {
    return this.#places;
  }

  get isSearching(): boolean {
    return this.#isSearching;
  }

  get chosen(): Place | null {
    return this.#chosen;
  }

  /** Where the chosen place is, for the dispatcher to read back to the caller. */
  get site(): Site | null {
    return this.#site;
  }

  /** What stands on the chosen site, to choose from. */
  get siteAssets(): readonly Asset[] {
    return this.#siteAssets;
  }

  get failure(): Problem | null {
    return this.#failure;
  }

  get isSaving(): boolean {
    return this.#isSaving;
  }

  /** What is still missing; shown only once saving was tried. */
  get missing(): readonly Gap[] {
    if (!this.#isTried) return [];
    return this.#gaps();
  }

  /** What came back too late to be reopened: new work in the same place, linked to the old. */
  async openRepeat({ id, number, site, asset }: Intervention): Promise<void> {
    this.clear();
    this.open();
    try {
      await this.choose({ kind: 'site', site: await this.#gateway.site(site.id) });
    } catch (error) {
      this.#failure = problemOf(error);
      return;
    }
    this.assetId = asset?.id ?? '';
    this.#repeatOf = { id, number };
  }

  /** The intervention this call repeats. */
  get repeatOf(): { readonly id: string; readonly number: string } | null {
    return this.#repeatOf;
  }

  /** An unfinished call is still there when the dialog opens again. */
  open(): void {
    if (this.#key === '') this.#key = crypto.randomUUID();
    this.#isOpen = true;
  }

  close(): void {
    this.#isOpen = false;
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.asking.clear();
    this.#query = this.summary = this.callerName = this.callerPhone = this.#key = '';
    this.assetId = '';
    this.#places = this.#siteAssets = [];
    this.#chosen = this.#site = this.severity = this.#failure = this.#repeatOf = null;
    this.#isTried = this.#isSearching = false;
  }

  search(query: string): void {
    this.#query = query;
    this.#chosen = this.#site = this.#repeatOf = null;
    this.#siteAssets = [];
    clearTimeout(this.#timer);
    this.#isSearching = query.trim().length >= 2;
    if (!this.#isSearching) this.#places = [];
    else this.#timer = setTimeout(() => void this.#find(query), SEARCH_AFTER_MS);
  }

  async choose(place: Place): Promise<void> {
    clearTimeout(this.#timer);
    this.#isSearching = false;
    this.#chosen = place;
    this.#site = place.kind === 'site' ? place.site : null;
    this.#places = this.#siteAssets = [];
    this.assetId = '';
    this.#query = place.kind === 'asset' ? place.asset.code : place.site.name;
    await this.#readRest(place);
    if (this.severity === this.asking.proposed || this.severity === null) void this.asking.ask();
  }

  async save(): Promise<void> {
    this.#isTried = true;
    if (this.#isSaving || this.#gaps().length > 0) return;
    this.#isSaving = true;
    this.#failure = null;
    try {
      const intervention = await this.#gateway.report(this.#body(), this.#key);
      this.close();
      this.clear();
      this.#saved(intervention);
    } catch (error) {
      this.#failure = problemOf(error);
      // A refused call was not kept: what is sent next is another call. An unanswered one may
      // have been kept, so it is sent again under the same key.
      if (!this.#failure.isTransient) this.#key = crypto.randomUUID();
    } finally {
      this.#isSaving = false;
    }
  }

  #gaps(): Gap[] {
    const gaps: Gap[] = [];
    if (this.#chosen === null) gaps.push('place');
    if (this.severity === null) gaps.push('severity');
    return gaps;
  }

  #body(): Report {
    const place = this.#chosen;
    const asset = place?.kind === 'asset' ? place.asset.id : this.assetId || null;
    return {
      asset_id: asset,
      site_id: asset === null && place?.kind === 'site' ? place.site.id : null,
      severity: this.severity ?? 'S2',
      // In a hurry the severity says enough.
      summary: this.summary.trim() || wordFor('severity', this.severity ?? 'S2'),
      caller_name: this.callerName.trim(),
      caller_phone: this.callerPhone.trim(),
      source: 'phone',
      ...this.asking.body(),
      ...(this.#repeatOf && { repeat_of_id: this.#repeatOf.id }),
    };
  }

  /** Of a lift its site, of a site its lifts. */
  async #readRest(place: Place): Promise<void> {
    try {
      if (place.kind === 'asset') {
        const site = await this.#gateway.site(place.asset.site_id);
        if (this.#chosen === place) this.#site = site;
      } else {
        const assets = await this.#gateway.assetsOf(place.site.id);
        if (this.#chosen === place) this.#siteAssets = assets;
      }
    } catch (error) {
      if (this.#chosen === place) this.#failure = problemOf(error);
    }
  }

  async #find(query: string): Promise<void> {
    try {
      const [assets, sites] = await Promise.all([
        this.#gateway.searchAssets(query),
        this.#gateway.searchSites(query),
      ]);
      if (query !== this.#query) return;
      this.#failure = null;
      this.#places = [
        ...assets.map((asset): Place => {
          const site = sites.find((one) => one.id === asset.site_id);
          return { kind: 'asset', asset, site };
        }),
        ...sites.map((site): Place => ({ kind: 'site', site })),
      ];
    } catch (error) {
      if (query === this.#query) this.#failure = problemOf(error);
    } finally {
      if (query === this.#query) this.#isSearching = false;
    }
  }
}
