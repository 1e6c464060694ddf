// Who opens the portal, and what is fetched for them and kept fresh while they look.
// What they see is in portal.svelte.ts.

import { clock, Problem, session, type SessionOut, stream } from '../lib/api/index.ts';
import { language } from '../lib/i18n/index.ts';
import { forget, recall, remember } from '../lib/offline/remembered.ts';
import { onWake } from '../lib/offline/triggers.ts';
import { Agreements } from './agreements.svelte.ts';
import { PromiseCards } from './cards.svelte.ts';
import { Explanations } from './explanations.svelte.ts';
import { gateway } from './gateway.ts';
import { History } from './history.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { Portal } from './portal.svelte.ts';
import { FaultReport } from './report.svelte.ts';
import type { Place } from './place.svelte.ts';
import { DeviceStore } from './store.ts';
import { Wish } from './wish.svelte.ts';

export type EntranceView = 'starting' | 'failed' | 'sign_in' | 'wrong_page' | 'open';

const HOME = '/portal/';

class Entrance {
  readonly #store = new DeviceStore(() => session.current?.account.id);
  readonly portal = new Portal({
    gateway,
    store: this.#store,
    now: () => clock.now(),
    language: () => language.tag,
  });
  readonly notices = new Notices(gateway);
  readonly report = new FaultReport(gateway);
  readonly explanations = new Explanations(gateway);
  #history = $state.raw<History>();
  #cards = $state.raw<PromiseCards>();
  #agreements = $state.raw<Agreements>();
  #wishes = new Map<string, Wish>();
  #problem = $state.raw<Problem>();
  #stopWaking: (() => void) | undefined;

  get view(): EntranceView {
    if (session.current) return session.current.home === HOME ? 'open' : 'wrong_page';
    if (this.#problem) return 'failed';
    return session.isChecked ? 'sign_in' : 'starting';
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** The history of the site that is open, fetched when it opens. */
  get history(): History | undefined {
    return this.#history;
  }

  /** What is promised at the site that is open. */
  get cards(): PromiseCards | undefined {
    return this.#cards;
  }

  /** The manager's agreements, while their page is open. */
  get agreements(): Agreements | undefined {
    return this.#agreements;
  }

  /** A wish half written is still there when somebody comes back to the page. */
  wishFor(agreementId: string): Wish {
    const known = this.#wishes.get(agreementId) ?? new Wish(agreementId, gateway);
    this.#wishes.set(agreementId, known);
    return known;
  }

  /** Fetches what a page shows beyond the sites themselves, and lets go of what no page shows. */
  openPlace(place: Place): void {
    this.#openSite(place.page === 'site' ? place.siteId : undefined);
    if (place.page !== 'agreement') this.#agreements = undefined;
    else if (!this.#agreements) {
      this.#agreements = new Agreements(gateway);
      void this.#agreements.refresh();
    }
  }

  #openSite(siteId: string | undefined): void {
    if (this.#history?.siteId === siteId) return;
    this.explanations.forget();
    this.#history = siteId === undefined ? undefined : new History(siteId, gateway);
    this.#cards =
      siteId === undefined ? undefined : new PromiseCards(siteId, { gateway, store: this.#store });
    void this.#history?.refresh();
    void this.#cards?.refresh();
  }

  /** Shows at once what this device kept, then asks the server. */
  async start(): Promise<void> {
    this.#problem = undefined;
    const known = recall();
    if (known?.session.home === HOME) {
      clock.adopt(known.clockOffsetMilliseconds);
      session.remember(known.session);
      await this.portal.restore();
    }
    try {
      const current = await session.check();
      if (current) await this.enter(current);
    } catch (error) {
      this.#problem = Problem.from(error);
      if (session.current) await this.#follow();
    }
  }

  /** Somebody signed in, or was found to be. */
  async enter(current: SessionOut): Promise<void> {
    this.#problem = undefined;
    await language.adopt(current.account.language);
    if (current.home !== HOME) return;
    remember({ session: current, clockOffsetMilliseconds: clock.offsetMilliseconds });
    await this.#follow();
  }

  async leave(): Promise<void> {
    await session.signOut();
    this.#stopWaking?.();
    this.#stopWaking = undefined;
    stream.stop();
    forget();
    this.portal.forget();
    this.notices.forget();
    this.#wishes.clear();
    this.openPlace({ page: 'overview' });
    await this.#store.clear().catch(() => undefined);
  }

  /** Everything shown, asked for again. */
  async refresh(): Promise<void> {
    await Promise.all([
      this.portal.refresh(),
      this.notices.refresh(),
      this.#history?.refresh(),
      this.#cards?.refresh(),
      this.explanations.refresh(),
      this.#agreements?.refresh(),
    ]);
  }

  async #follow(): Promise<void> {
    this.#stopWaking ??= onWake(() => void this.refresh());
    stream.start();
    await this.refresh();
  }
}

export const entrance = new Entrance();
