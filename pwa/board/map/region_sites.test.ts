import { expect, it } from 'vitest';
import { Problem } from '../../lib/api/problem.ts';
import { RegionSites } from './region_sites.svelte.ts';
import { promised, twin } from '../testing/twin.ts';
import type { Site } from '../wire.ts';

const site = (id: string) => ({ id }) as Site;

it('reads a region once', async () => {
  const server = twin({ sites: async () => [site('one')] });
  const sites = new RegionSites(server);
  await sites.show('valls');
  await sites.show('valls');
  expect(server.asked).toHaveLength(1);
  expect(sites.sites).toHaveLength(1);
});

it('asks again after a failure', async () => {
  const answers = [() => Promise.reject(Problem.offline()), async () => [site('one')]];
  const sites = new RegionSites(twin({ sites: () => (answers.shift() as () => Promise<Site[]>)() }));
  await sites.show('valls');
  expect(sites.failure?.isOffline).toBe(true);
  await sites.show('valls');
  expect(sites.failure).toBeNull();
  expect(sites.sites).toHaveLength(1);
});

it('drops the sites of a region that was left', async () => {
  const slow = promised<Site[]>();
  const answers = [slow.answer, Promise.resolve([site('here')])];
  const sites = new RegionSites(twin({ sites: () => answers.shift() as Promise<Site[]> }));
  const left = sites.show('valls');
  await sites.show('altes');
  slow.give([site('there')]);
  await left;
  expect(sites.sites.map((one) => one.id)).toEqual(['here']);
});
