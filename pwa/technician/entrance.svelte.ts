// Who uses this phone, and the phone that belongs to them. Starts with or without the network.

import { api, clock, Problem, session, type SessionOut, stream } from '../lib/api/index.ts';
import { credentials } from '../lib/api/client.ts';
import { language } from '../lib/i18n/index.ts';
import { asking, Pull } from '../lib/offline/pull.ts';
import { forget, recall, remember } from '../lib/offline/remembered.ts';
import type { RoundEnd } from '../lib/offline/outbox.ts';
import { Retry } from '../lib/offline/retry.ts';
import { uploaderFor } from '../lib/offline/files/sending.ts';
import { outboxFor } from '../lib/offline/sending.ts';
import { Store } from '../lib/offline/store.ts';
import { askBackgroundSync, onLeave, onWake } from '../lib/offline/triggers.ts';
import { Watch } from './location/watch.svelte.ts';
import { Phone } from './phone.svelte.ts';

export type EntranceView = 'starting' | 'failed' | 'sign_in' | 'wrong_page' | 'open';

class Entrance {
  #phone = $state.raw<Phone>();
  #problem = $state.raw<Problem>();
  #stopWaking: (() => void) | undefined;
  #retry = new Retry(
    { later: (act, milliseconds) => setTimeout(act, milliseconds), random: Math.random },
    2_000,
    () => this.ask(),
  );

  get phone(): Phone | undefined {
    return this.#phone;
  }

  /** Why the way in, or out, did not work. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  get view(): EntranceView {
    if (session.current && session.current.account.role !== 'technician') return 'wrong_page';
    if (this.#phone) return 'open';
    if (this.#problem) return 'failed';
    return session.isChecked ? 'sign_in' : 'starting';
  }

  /** Opens at once for whoever was here last, then asks the server. */
  async start(): Promise<void> {
    const known = recall();
    if (known) {
      clock.recall(known.clockOffsetMilliseconds);
      session.remember(known.session);
      this.#open(known.session);
    }
    clock.onChange(() => this.#remember());
    await this.ask();
  }

  /** Asks the server who is here; where this phone knows nobody, again until there is an answer. */
  async ask(): Promise<RoundEnd> {
    const end = await this.#ask();
    this.#retry.plan(end);
    return end;
  }

  async #ask(): Promise<RoundEnd> {
    try {
      const current = await session.check();
      this.#problem = undefined;
      if (current) await this.enter(current);
      return 'done';
    } catch (error) {
      // Without an answer the day goes on from the phone's own storage, if there is one.
      if (this.#phone) await this.#phone.wake();
      else this.#problem = Problem.from(error);
      return this.#phone ? 'done' : 'trying_again';
    }
  }

  /** Somebody signed in, or was found to be. */
  async enter(current: SessionOut): Promise<void> {
    this.#problem = undefined;
    await language.adopt(current.account.language);
    if (current.account.role !== 'technician') return;
    this.#remember();
    this.#open(current);
    await this.#phone?.wake();
  }

  /** Leaves the phone. What is unsent stays on it until the same person is back. */
  async leave(): Promise<void> {
    try {
      await this.#phone?.release();
      await session.signOut();
    } catch (error) {
      this.#problem = Problem.from(error);
      return;
    }
    this.#problem = undefined;
    this.#stopWaking?.();
    stream.stop();
    forget();
    const phone = this.#phone;
    this.#phone = undefined;
    await phone?.close({ deleting: true });
  }

  #open({ account }: SessionOut): void {
    if (account.role !== 'technician' || this.#phone?.account === account.id) return;
    void this.#phone?.close();
    this.#stopWaking?.();
    const store = new Store(account.id);
    const phone = new Phone({
      store,
      outbox: outboxFor(store, { client: api, clock }),
      pull: new Pull(store, asking(api)),
      uploader: uploaderFor(store, api),
      renewSession: () => this.#renewSession(account.id),
      askBackgroundSync,
      isOnline: () => navigator.onLine !== false,
      watch: new Watch({
        store,
        client: api,
        now: () => clock.now().getTime(),
        geolocation: globalThis.navigator?.geolocation,
      }),
    });
    this.#phone = phone;
    const stops = [onWake(() => void phone.wake()), onLeave(() => void phone.release())];
    this.#stopWaking = () => stops.forEach((stop) => stop());
    stream.start();
    // Where the browser allows it, storage that is not thrown away when the phone runs short.
    void navigator.storage?.persist?.();
  }

  /** True when the same person is known by another token than the one just refused. */
  async #renewSession(account: string): Promise<boolean> {
    const before = credentials.csrf;
    try {
      const current = await session.check();
      if (current?.account.id === account) return credentials.csrf !== before;
      // Another tab signed somebody else in: their phone takes over, this one sends no more.
      if (current) await this.enter(current);
    } catch {
      // Without an answer the queue simply waits for the next occasion.
    }
    return false;
  }

  #remember(): void {
    if (session.current)
      remember({ session: session.current, clockOffsetMilliseconds: clock.offsetMilliseconds });
  }
}

export const entrance = new Entrance();
