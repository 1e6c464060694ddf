// How a phone reaches its person: asked after a tap, said again at every start, quiet when told so.

import { beforeEach, describe, expect, test } from 'vitest';
import { Problem } from '../../lib/api/index.ts';
import type { Permission, PhoneBrowser } from './browser.ts';
import type { Platform } from './platform.ts';
import { platformOf } from './platform.ts';
import { Reach } from './reach.svelte.ts';

const POINT = new Uint8Array([4, 251, 255, 1]);
const KEY = 'BPv_AQ';
const HOUR = 3_600_000;

class Subscription {
  isEnded = false;
  readonly options: { applicationServerKey: ArrayBuffer };
  readonly #end: () => void;

  constructor(key: Uint8Array<ArrayBuffer>, end: () => void) {
    this.options = { applicationServerKey: key.buffer };
    this.#end = end;
  }

  async unsubscribe(): Promise<boolean> {
    this.#end();
    return true;
  }

  toJSON() {
    return { endpoint: 'https://fcm.googleapis.com/1', keys: { p256dh: 'point', auth: 'secret' } };
  }
}

class Browser {
  platform: Platform = 'android';
  allowed: Permission = 'default';
  answer: NotificationPermission = 'granted';
  isKept = false;
  installed = true;
  held: Subscription | undefined;
  subscribed = 0;

  isInstalled = (): boolean => this.installed;
  isPersisted = async (): Promise<boolean> => this.isKept;
  persist = async (): Promise<boolean> => (this.isKept = true);
  permission = (): Permission => this.allowed;
  ask = async (): Promise<NotificationPermission> => {
    this.allowed = this.answer;
    return this.answer;
  };
  pushes = async (): Promise<PushManager> =>
    ({
      getSubscription: async () => this.held ?? null,
      subscribe: async ({ applicationServerKey }: { applicationServerKey: Uint8Array<ArrayBuffer> }) => {
        this.subscribed += 1;
        return (this.held = new Subscription(applicationServerKey, () => (this.held = undefined)));
      },
    }) as unknown as PushManager;
}

class Server {
  asked: [string, unknown][] = [];
  isAway = false;

  GET = async () => this.#answer('GET /api/push', undefined, { public_key: KEY });
  POST = async (path: string, init?: { body: unknown }) =>
    this.#answer(`POST ${path}`, init?.body, { id: 'one', version: 3 });
  DELETE = async (_path: string, init: unknown) => this.#answer('DELETE', init, undefined);

  async #answer(what: string, body: unknown, data: unknown) {
    if (this.isAway) throw Problem.offline();
    this.asked.push([what, body]);
    return { data };
  }

  get said(): string[] {
    return this.asked.map(([what]) => what);
  }
}

let browser: Browser;
let server: Server;
let drawer: Map<string, string>;
let now: number;

beforeEach(() => {
  browser = new Browser();
  server = new Server();
  drawer = new Map();
  now = 1_000_000_000;
});

function reach(account = 'aina'): Reach {
  return new Reach(
    { account, device: async () => 'phone-1' },
    browser as PhoneBrowser,
    server as unknown as ConstructorParameters<typeof Reach>[2],
    { getItem: (key) => drawer.get(key) ?? null, setItem: (key, value) => void drawer.set(key, value) },
    () => now,
  );
}

describe('notifications', () => {
  test('nobody is asked before a tap', async () => {
    const one = reach();
    await one.refresh();
    expect([one.isOn, browser.subscribed, server.said]).toEqual([false, 0, ['POST /api/devices']]);
  });

  test('after a tap the server knows where to send', async () => {
    const one = reach();
    await one.turnOn();
    expect(one.isOn).toBe(true);
    expect(server.asked[1]).toEqual([
      'POST /api/push/subscriptions',
      { endpoint: 'https://fcm.googleapis.com/1', keys: { p256dh: 'point', auth: 'secret' }, device: 'phone-1' },
    ]);
    expect(new Uint8Array(browser.held!.options.applicationServerKey)).toEqual(POINT);
  });

  test('a no is a no, and the office knows', async () => {
    browser.answer = 'denied';
    const one = reach();
    await one.turnOn();
    expect([one.isOn, one.permission, browser.subscribed]).toEqual([false, 'denied', 0]);
    expect(server.asked).toMatchObject([['POST /api/devices', { notifications: 'denied' }]]);
  });

  test('every start tells of the subscription again, and makes a lost one anew', async () => {
    await reach().turnOn();
    await reach().refresh();
    expect(browser.subscribed).toBe(1);
    browser.held = undefined;
    const later = reach();
    await later.refresh();
    expect([browser.subscribed, later.isOn]).toEqual([2, true]);
  });

  test('one that was made for another key of the server is replaced', async () => {
    await reach().turnOn();
    browser.held = new Subscription(new Uint8Array([4, 1, 1, 1]), () => (browser.held = undefined));
    await reach().refresh();
    expect(new Uint8Array(browser.held!.options.applicationServerKey)).toEqual(POINT);
  });

  test('turned off, this phone is quiet at once and stays so, with or without signal', async () => {
    const one = reach();
    await one.turnOn();
    server.isAway = true;
    await one.turnOff();
    expect([one.isOn, browser.held, one.problem?.isOffline]).toEqual([false, undefined, true]);
    server.isAway = false;
    await reach().refresh();
    expect(browser.subscribed).toBe(1);
  });

  test('turned off with signal, the server forgets the address as well', async () => {
    const one = reach();
    await one.turnOn();
    await one.turnOff();
    expect(server.asked.find(([what]) => what === 'DELETE')?.[1]).toMatchObject({
      params: { path: { subscription_id: 'one' } },
      headers: { 'If-Match': '"3"' },
    });
  });

  test('what one person allowed is not taken for another', async () => {
    await reach('aina').turnOn();
    server.asked = [];
    const other = reach('bruno');
    await other.refresh();
    expect([other.isOn, server.said]).toEqual([false, ['POST /api/devices']]);
  });

  test('without signal nothing is claimed', async () => {
    await reach().turnOn();
    server.isAway = true;
    const one = reach();
    await one.refresh();
    expect([one.isOn, one.problem]).toEqual([false, undefined]);
  });
});

describe('what the office knows', () => {
  test('a phone describes itself when it changed, and once an hour', async () => {
    const one = reach();
    await one.refresh();
    await one.refresh();
    expect(server.said).toEqual(['POST /api/devices']);
    await one.keepStorage();
    now += HOUR;
    await one.refresh();
    expect(server.asked.map(([, body]) => (body as { is_persisted: boolean }).is_persisted)).toEqual([false, true, true]);
  });
});

describe('what is missing', () => {
  test('is said until it is there or put off for a week', async () => {
    browser.installed = false;
    const one = reach();
    await one.refresh();
    expect([one.lacks, one.isWorthSaying]).toEqual([['installed', 'notifications', 'persisted'], true]);
    one.putOff();
    expect(one.isWorthSaying).toBe(false);
    now += 8 * 24 * HOUR;
    await one.refresh();
    expect(one.isWorthSaying).toBe(true);
  });

  test('is nothing on a phone that is set up, nor on a computer', async () => {
    const one = reach();
    await one.turnOn();
    await one.keepStorage();
    await one.refresh();
    expect(one.lacks).toEqual([]);
    browser = new Browser();
    browser.platform = 'desktop';
    expect(reach().lacks).toEqual([]);
  });

  test('an iPhone has no notifications before it is installed', async () => {
    Object.assign(browser, { platform: 'ios', allowed: 'absent', installed: false });
    const one = reach();
    await one.refresh();
    expect(one.mustInstallFirst).toBe(true);
  });
});

test.each([
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X)', 5, 'ios'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.4 Safari/605.1.15', 5, 'ios'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 0, 'desktop'],
  ['Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/141', 5, 'android'],
  ['Mozilla/5.0 (X11; Linux x86_64) Chrome/141', 0, 'desktop'],
] as const)('%s with %i touch points is %s', (agent, touchPoints, platform) => {
  expect(platformOf(agent, touchPoints)).toBe(platform);
});
