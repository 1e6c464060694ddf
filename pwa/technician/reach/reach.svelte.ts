// How this phone reaches its person: installed, its storage kept, notifications on; and what of it
// the office knows. Nothing here is work: it may fail without harm.

import { version } from '../../package.json';
import { answerOf, api, ifVersion, Problem, type Schemas } from '../../lib/api/index.ts';
import { subscribe } from '../../lib/offline/subscribing.ts';
import { type Permission, type PhoneBrowser, thisBrowser } from './browser.ts';

export type Lack = 'installed' | 'notifications' | 'persisted';

/** What of the phone's own storage is needed here. */
export interface ReachShelf {
  readonly account: string;
  device(): Promise<string>;
}

type Client = Pick<typeof api, 'GET' | 'POST' | 'DELETE'>;
type Preferences = Pick<Storage, 'getItem' | 'setItem'>;

const WANTED = 'palier.pushes';
const LATER = 'palier.set_up_later';
const PUT_OFF_MILLISECONDS = 7 * 86_400_000;
const TOLD_AGAIN_AFTER_MILLISECONDS = 3_600_000;

export class Reach {
  /** The sheet that shows all of it. */
  isOpen = $state(false);
  #shelf: ReachShelf;
  #browser: PhoneBrowser;
  #client: Client;
  #preferences: Preferences;
  #now: () => number;
  #isInstalled = $state(false);
  #isPersisted = $state(false);
  #permission = $state<Permission>('absent');
  #subscription = $state.raw<Schemas['SubscriptionOut']>();
  #isPutOff = $state(true);
  #isBusy = $state(false);
  #hasTried = $state(false);
  #problem = $state.raw<Problem>();
  #told = { text: '', at: 0 };

  constructor(
    shelf: ReachShelf,
    browser: PhoneBrowser = thisBrowser,
    client: Client = api,
    preferences: Preferences = localStorage,
    now: () => number = Date.now,
  ) {
    this.#shelf = shelf;
    this.#browser = browser;
    this.#client = client;
    this.#preferences = preferences;
    this.#now = now;
  }

  get platform(): PhoneBrowser['platform'] {
    return this.#browser.platform;
  }

  get isInstalled(): boolean {
    return this.#isInstalled;
  }

  get isPersisted(): boolean {
    return this.#isPersisted;
  }

  get permission(): Permission {
    return this.#permission;
  }

  /** The server knows where to send; while that is not certain it is not said. */
  get isOn(): boolean {
    return this.#permission === 'granted' && this.#subscription !== undefined;
  }

  /** Only an installed app gets any there. */
  get mustInstallFirst(): boolean {
    return this.#permission === 'absent' && this.platform === 'ios' && !this.#isInstalled;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** A message was sent to try it out. */
  get hasTried(): boolean {
    return this.#hasTried;
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** What is still missing before this phone can be relied upon; a computer is nobody's phone. */
  get lacks(): readonly Lack[] {
    if (this.platform === 'desktop') return [];
    const has = { installed: this.#isInstalled, notifications: this.isOn, persisted: this.#isPersisted };
    return (Object.keys(has) as Lack[]).filter((each) => !has[each]);
  }

  /** Whether to speak of it by itself. */
  get isWorthSaying(): boolean {
    return this.lacks.length > 0 && !this.#isPutOff;
  }

  /** Looks again, tells the server where this phone is reached, and how it is set up. */
  async refresh(): Promise<void> {
    this.#look();
    this.#isPersisted = await this.#browser.isPersisted();
    try {
      if (this.#isWanted && this.#permission === 'granted') await this.#subscribe();
      await this.#describe();
    } catch (error) {
      // Said again at the next occasion; only what somebody pressed is answered.
      Problem.from(error);
    }
  }

  /** After a tap: the browser asks the person, then the server is told. */
  async turnOn(): Promise<void> {
    await this.#pressed(async () => {
      this.#permission = await this.#browser.ask();
      if (this.#permission !== 'granted') return;
      this.#preferences.setItem(WANTED, this.#shelf.account);
      await this.#subscribe();
    });
  }

  async turnOff(): Promise<void> {
    await this.#pressed(async () => {
      this.#preferences.setItem(WANTED, '');
      const subscription = this.#subscription;
      this.#subscription = undefined;
      // First here: this phone is quiet whatever the network says.
      await (await (await this.#browser.pushes())?.getSubscription())?.unsubscribe();
      if (!subscription) return;
      await this.#client.DELETE('/api/push/subscriptions/{subscription_id}', {
        params: { path: { subscription_id: subscription.id } },
        headers: ifVersion(subscription.version),
      });
    });
  }

  async tryOut(): Promise<void> {
    await this.#pressed(async () => {
      await this.#client.POST('/api/push/test');
      this.#hasTried = true;
    });
  }

  async keepStorage(): Promise<void> {
    await this.#pressed(async () => {
      this.#isPersisted = await this.#browser.persist();
    });
  }

  putOff(): void {
    this.#preferences.setItem(LATER, String(this.#now() + PUT_OFF_MILLISECONDS));
    this.#isPutOff = true;
  }

  get #isWanted(): boolean {
    return this.#preferences.getItem(WANTED) === this.#shelf.account;
  }

  #look(): void {
    this.#isInstalled = this.#browser.isInstalled();
    this.#permission = this.#browser.permission();
    this.#isPutOff = Number(this.#preferences.getItem(LATER) ?? 0) > this.#now();
  }

  async #subscribe(): Promise<void> {
    const pushes = await this.#browser.pushes();
    if (pushes) this.#subscription = await subscribe(pushes, this.#client, await this.#shelf.device());
  }

  async #describe(): Promise<void> {
    const body = {
      device: await this.#shelf.device(),
      is_installed: this.#isInstalled,
      is_persisted: this.#isPersisted,
      notifications: this.#permission,
      version,
      platform: this.platform,
    };
    const text = JSON.stringify(body);
    const isFresh = this.#now() - this.#told.at < TOLD_AGAIN_AFTER_MILLISECONDS;
    if (text === this.#told.text && isFresh) return;
    await answerOf(this.#client.POST('/api/devices', { body }));
    this.#told = { text, at: this.#now() };
  }

  async #pressed(act: () => Promise<void>): Promise<void> {
    this.#isBusy = true;
    this.#problem = undefined;
    try {
      await act();
      await this.#describe();
    } catch (error) {
      this.#problem = Problem.from(error);
    } finally {
      this.#isBusy = false;
    }
  }
}
