import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { api } from '../../lib/api/index.ts';
import type { Store } from '../../lib/offline/store.ts';
import { storeWith, visit } from '../../lib/offline/testing/makers.ts';
import { project } from '../../lib/offline/project.ts';
import { arrivalOf, byHand } from './arriving.ts';
import { metresBetween } from './near.ts';
import { type Location, Watch } from './watch.svelte.ts';

const notice: Location = {
  is_offered: true,
  is_on: true,
  notice_version: 1,
  accepted_version: 1,
  keeps_days: 60,
  allowed_until: null,
};
const start = Date.parse('2026-11-23T10:00:00Z');
let now: number;
let sent: { path: string; body: Record<string, unknown> }[];
let isOnline: boolean;
let tell: PositionCallback | undefined;

beforeEach(() => {
  now = start;
  sent = [];
  isOnline = true;
  tell = undefined;
  vi.stubGlobal('fetch', async (request: Request) => {
    if (!isOnline) throw new TypeError('offline');
    const body = (await request.json()) as Record<string, unknown>;
    sent.push({ path: new URL(request.url).pathname, body });
    const answer = request.url.endsWith('/location') ? { ...notice, is_on: body['is_on'] } : { kept: 1, refused: 0 };
    return Response.json(answer);
  });
});

afterEach(() => vi.unstubAllGlobals());

function watchOf(store: Store): Watch {
  const geolocation = {
    watchPosition: (success: PositionCallback) => {
      tell = success;
      return 7;
    },
    clearWatch: () => (tell = undefined),
  };
  return new Watch({ store, client: api, now: () => now, geolocation });
}

function at(lat: number, accuracy = 10): void {
  tell?.({ coords: { latitude: lat, longitude: 1.5, accuracy } } as GeolocationPosition);
}

async function waiting(store: Store): Promise<number> {
  return store.read((reading) => reading.objectStore('positions').count());
}

function positions(): unknown[] {
  return sent.filter(({ path }) => path === '/api/positions').flatMap(({ body }) => body['positions'] as unknown[]);
}

test('nobody is watched before it is allowed, nor after', async () => {
  const watch = watchOf(await storeWith(visit()));
  expect(tell).toBeUndefined();
  watch.allow(true);
  expect(tell).toBeDefined();
  watch.allow(false);
  expect(tell).toBeUndefined();
  expect(watch.place).toBeUndefined();
});

test('at most one position a minute is sent, and only from fifty metres on', async () => {
  const watch = watchOf(await storeWith(visit()));
  watch.allow(true);
  at(42.5);
  for (const [seconds, lat] of [[30, 42.51], [61, 42.5001], [62, 42.51]] as const) {
    now = start + seconds * 1000;
    at(lat);
  }
  await vi.waitFor(() => expect(positions()).toHaveLength(2));
  expect(positions()[0]).toEqual({ at: '2026-11-23T10:00:00.000Z', lat: 42.5, lon: 1.5, accuracy_m: 10 });
});

test('without signal positions wait; switched off they are forgotten, and the office hears of it later', async () => {
  const store = await storeWith(visit());
  const watch = watchOf(store);
  isOnline = false;
  watch.allow(true);
  at(42.5);
  await vi.waitFor(async () => expect(await waiting(store)).toBe(1));
  await watch.switchOff(notice);
  expect(tell).toBeUndefined();
  expect(await waiting(store)).toBe(0);
  isOnline = true;
  await watch.flush();
  expect(sent).toEqual([{ path: '/api/location', body: { is_on: false, notice_version: 1 } }]);
  expect(await store.keptUnder('locationOff')).toBeUndefined();
  expect(await store.keptUnder('location')).toMatchObject({ is_on: false });
});

test('a place is known for two minutes only', async () => {
  const watch = watchOf(await storeWith(visit()));
  watch.allow(true);
  at(42.5);
  expect(watch.place).toMatchObject({ lat: 42.5 });
  now = start + 120_000;
  expect(watch.place).toBeUndefined();
});

test('an arrival is noticed on the way, near enough and sure of it, and never else', () => {
  const detail = visit();
  const site = detail.site.position;
  const there = { lat: site.lat, lon: site.lon, accuracyMetres: 20 };
  const seen = (status: typeof detail.visit.status, place = there) =>
    arrivalOf(project({ ...detail, visit: { ...detail.visit, status } }, []), place, 150)?.distance_m;
  expect(seen('en_route')).toBe(0);
  expect(seen('accepted')).toBeUndefined();
  expect(seen('en_route', { ...there, accuracyMetres: 76 })).toBeUndefined();
  expect(seen('en_route', { ...there, lat: site.lat + 0.002 })).toBeUndefined();
  expect(byHand(project(detail, []), { ...there, lat: site.lat + 0.002 })).toEqual({
    distance_m: 222,
    accuracy_m: 20,
    by: 'hand',
  });
});

test('a degree of latitude is 111 km', () => {
  expect(Math.round(metresBetween({ lat: 42, lon: 1.5 }, { lat: 43, lon: 1.5 }) / 1000)).toBe(111);
});
