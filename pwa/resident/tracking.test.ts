import { beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '../lib/api/index.ts';
import { aTracked, noNet, Server } from './testing.ts';
import { EVERY_MS, Tracking } from './tracking.svelte.ts';

let server: Server;
let tracking: Tracking;

beforeEach(() => {
  server = new Server();
  tracking = new Tracking('given', server);
});

test('what was known stays on the page while there is no net', async () => {
  await tracking.look(() => new Date('2026-06-02T07:20:00Z'));
  server.problem = noNet;
  await tracking.look();
  expect(tracking.shown).toEqual(aTracked);
  expect([tracking.problem?.isOffline, tracking.seenAt?.toISOString()]).toEqual([true, '2026-06-02T07:20:00.000Z']);
});

test('a change is seen within five seconds, and nothing is asked once the work is over', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  vi.stubGlobal('addEventListener', vi.fn());
  vi.stubGlobal('removeEventListener', vi.fn());
  const stop = tracking.follow();
  await vi.advanceTimersByTimeAsync(0);
  server.tells = { ...aTracked, state: 'done', ended_at: '2026-06-02T08:00:00Z' };
  await vi.advanceTimersByTimeAsync(5_000);
  expect(tracking.shown?.state).toBe('done');
  const { asked } = server;
  await vi.advanceTimersByTimeAsync(10 * EVERY_MS);
  expect(server.asked).toBe(asked);
  stop();
  vi.useRealTimers();
});

test('a link that has ended is told as such, and asked no more', async () => {
  server.problem = new Problem({ code: 'tracking_ended' }, 410);
  await tracking.look();
  await tracking.look();
  expect([tracking.isEnded, server.asked]).toEqual([true, 1]);
});

test('where to say how it was is asked only when somebody wants to', async () => {
  expect(await tracking.survey()).toBe('/portal/#/feedback/given');
  server.problem = new Problem({ code: 'feedback_link_ended' }, 410);
  expect(await tracking.survey()).toBeUndefined();
});

test('when it was looked at is told by the server’s clock, not by a wrong one of the device', async () => {
  const { clock } = await import('../lib/api/index.ts');
  clock.adopt(3_600_000);
  await tracking.look();
  expect(Math.abs(tracking.seenAt!.getTime() - Date.now() - 3_600_000)).toBeLessThan(5_000);
  clock.adopt(0);
});
