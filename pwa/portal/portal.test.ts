import { describe, expect, it, vi } from 'vitest';
import { Problem } from '../lib/api/index.ts';
import { Portal, type PortalParts, type SiteStore } from './portal.svelte.ts';
import { aLift, anIntervention, aSite, here } from './testing/makers.ts';
import type { Site } from './wire.ts';

const silence = new Problem({ code: 'offline' }, 0);

function storeWith(kept?: { sites: Site[]; asOf: string }): SiteStore & { kept: typeof kept } {
  return {
    kept,
    read() {
      return Promise.resolve(this.kept);
    },
    write(next) {
      this.kept = next;
      return Promise.resolve();
    },
  };
}

function portalOf(sites: PortalParts['gateway']['sites'] | Site[], store = storeWith()): Portal {
  return new Portal({
    gateway: { sites: Array.isArray(sites) ? () => Promise.resolve(sites) : sites },
    store,
    now: () => here('10:12').now,
    language: () => 'en',
  });
}

const working = (name: string): Site => aSite({ id: name, name });
const broken = (name: string, state: 'person_trapped' | 'out_of_service' | 'degraded'): Site =>
  aSite({ id: name, name, assets: [aLift({ state })] });
const names = (sites: readonly Site[]): string[] => sites.map((site) => site.name);

describe('the sites of a manager', () => {
  it('are loading until somebody answers', async () => {
    const portal = portalOf([working('Roc')]);
    expect(portal.face).toBe('loading');
    await portal.refresh();
    expect(portal.face).toBe('ready');
  });

  it('are listed with the worst trouble first, and the calm ones apart by name', async () => {
    const portal = portalOf([
      working('Tarter'),
      broken('Casa Vella', 'degraded'),
      broken('Prat', 'out_of_service'),
      working('Arinsal'),
      broken('Nord', 'person_trapped'),
    ]);
    await portal.refresh();
    expect(names(portal.troubled)).toEqual(['Nord', 'Prat', 'Casa Vella']);
    expect(names(portal.calm)).toEqual(['Arinsal', 'Tarter']);
  });

  it('do not count maintenance as trouble', async () => {
    const maintained = aLift({ state: 'attended', intervention: anIntervention({ is_planned: true }) });
    const portal = portalOf([aSite({ assets: [maintained] })]);
    await portal.refresh();
    expect(portal.troubled).toEqual([]);
  });

  it('are found without accents or capitals, by name, address or code of a lift', async () => {
    const portal = portalOf([
      aSite({ id: 'nova', name: 'Clínica Nova', assets: [aLift({ code: 'ES-7-A' })] }),
      aSite({ id: 'roc', address: 'Avinguda Tarragona 3' }),
    ]);
    await portal.refresh();
    portal.filter = 'clinica';
    expect(portal.calm.map(({ id }) => id)).toEqual(['nova']);
    portal.filter = ' TARRAGONA';
    expect(portal.calm.map(({ id }) => id)).toEqual(['roc']);
    portal.filter = 'es-7';
    expect(portal.calm.map(({ id }) => id)).toEqual(['nova']);
  });

  it('get a filter only when they are many', async () => {
    const few = portalOf(Array.from({ length: 7 }, (_, index) => working(`Site ${index}`)));
    const many = portalOf(Array.from({ length: 24 }, (_, index) => working(`Site ${index}`)));
    await Promise.all([few.refresh(), many.refresh()]);
    expect([few.hasFilter, many.hasFilter]).toEqual([false, true]);
  });

  it('say so when there are none', async () => {
    const portal = portalOf([]);
    await portal.refresh();
    expect(portal.face).toBe('empty');
  });
});

describe('without the network', () => {
  it('what this device kept is shown, with its time', async () => {
    const store = storeWith({ sites: [working('Roc')], asOf: '2026-06-02T07:00:00.000Z' });
    const portal = portalOf(() => Promise.reject(silence), store);
    await portal.restore();
    await portal.refresh();
    expect(portal.face).toBe('ready');
    expect(portal.isStale).toBe(true);
    expect(portal.asOf).toBe('2026-06-02T07:00:00.000Z');
  });

  it('and without anything kept, it says offline', async () => {
    const portal = portalOf(() => Promise.reject(silence));
    await portal.restore();
    await portal.refresh();
    expect(portal.face).toBe('offline');
  });

  it('old news never replaces what the server just said', async () => {
    const store = storeWith({ sites: [working('Old')], asOf: '2026-06-01T07:00:00.000Z' });
    const portal = portalOf([working('New')], store);
    await portal.refresh();
    await portal.restore();
    expect(names(portal.sites)).toEqual(['New']);
  });

  it('a fresh answer is kept for next time and is no longer stale', async () => {
    const store = storeWith();
    const sites = vi
      .fn<PortalParts['gateway']['sites']>()
      .mockRejectedValueOnce(silence)
      .mockResolvedValueOnce([working('Roc')]);
    const portal = portalOf(sites, store);
    await portal.refresh();
    await portal.refresh();
    expect(portal.isStale).toBe(false);
    expect(store.kept?.asOf).toBe(here('10:12').now.toISOString());
  });
});

describe('a refusal', () => {
  it('is another face than silence', async () => {
    const portal = portalOf(() => Promise.reject(new Problem({ code: 'not_allowed' }, 403)));
    await portal.refresh();
    expect(portal.face).toBe('failed');
    expect(portal.problem?.code).toBe('not_allowed');
  });
});

describe('signing out', () => {
  it('leaves nothing on the screen', async () => {
    const portal = portalOf([working('Roc')]);
    await portal.refresh();
    portal.forget();
    expect(portal.sites).toEqual([]);
    expect(portal.face).toBe('loading');
  });
});
