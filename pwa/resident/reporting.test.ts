import { beforeEach, expect, test } from 'vitest';
import { Problem } from '../lib/api/index.ts';
import { placeOf } from './place.ts';
import { Reporting } from './reporting.svelte.ts';
import { Drawer, noNet, Server } from './testing.ts';

let server: Server;
let drawer: Drawer;
let reporting: Reporting;

beforeEach(async () => {
  [server, drawer] = [new Server(), new Drawer()];
  reporting = new Reporting('printed', server, drawer);
  await reporting.start();
});

test('what happens has to be chosen, and nothing else', async () => {
  expect(await reporting.send('fr')).toBeUndefined();
  expect(reporting.lacksKind).toBe(true);
  reporting.kind = 'degraded';
  expect(await reporting.send('fr')).toMatchObject({ path: '/t/given' });
  expect([...server.arrived.values()]).toMatchObject([{ token: 'printed', kind: 'degraded', language: 'fr', caller_email: null }]);
});

test('without a net it is kept, and arrives once when there is one', async () => {
  reporting.kind = 'person_trapped';
  reporting.addPhoto('abc');
  server.problem = noNet;
  expect(await reporting.send('en')).toBeUndefined();
  expect([reporting.isWaiting, reporting.isTrapped]).toEqual([true, true]);
  const again = new Reporting('printed', server, drawer);
  expect(again.isWaiting).toBe(true);
  server.problem = undefined;
  await again.sendAgain();
  await reporting.sendAgain();
  expect(server.arrived.size).toBe(1);
  expect([...server.arrived.values()][0]?.photos).toEqual(['abc']);
  expect(drawer.kept).toBeUndefined();
});

test('what is kept belongs to its label', async () => {
  reporting.kind = 'degraded';
  server.problem = noNet;
  await reporting.send('en');
  expect(new Reporting('another', server, drawer).isWaiting).toBe(false);
});

test('what was refused is corrected and sent as another report', async () => {
  reporting.kind = 'degraded';
  reporting.email = 'nil@';
  server.problem = new Problem({ code: 'invalid' }, 422);
  await reporting.send('en');
  expect([reporting.isWaiting, reporting.problem?.code]).toEqual([false, 'invalid']);
  server.problem = undefined;
  expect(await reporting.send('en')).toBeDefined();
});

test('too much at once waits as well', async () => {
  reporting.kind = 'degraded';
  server.problem = new Problem({ code: 'too_many_reports' }, 429);
  await reporting.send('en');
  expect(reporting.isWaiting).toBe(true);
  reporting.drop();
  expect([reporting.isWaiting, drawer.kept]).toEqual([false, undefined]);
});

test('a label without its secret, or a replaced one, is told apart from a bad net', async () => {
  expect(new Reporting('', server, drawer).isEnded).toBe(true);
  server.problem = noNet;
  await reporting.start();
  expect(reporting.isEnded).toBe(false);
  server.problem = new Problem({ code: 'label_ended' }, 410);
  await reporting.start();
  expect(reporting.isEnded).toBe(true);
});

test('three photos are enough', () => {
  for (const photo of ['a', 'b', 'c', 'd']) reporting.addPhoto(photo);
  reporting.removePhoto(1);
  expect(reporting.photos).toEqual(['a', 'c']);
});

test.each([
  [{ pathname: '/q/LIFT-1', hash: '#s-e_c' }, { page: 'report', token: 's-e_c' }],
  [{ pathname: '/q/LIFT-1', hash: '' }, { page: 'report', token: '' }],
  [{ pathname: '/t/ab-c_d', hash: '' }, { page: 'track', token: 'ab-c_d' }],
])('%o is %o', (address, place) => {
  expect(placeOf(address)).toEqual(place);
});
