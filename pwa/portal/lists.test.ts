import { describe, expect, it, vi } from 'vitest';
import { Problem } from '../lib/api/index.ts';
import type { Gateway } from './gateway.ts';
import { History } from './history.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { addressOf, AGREEMENT, placeOf } from './place.svelte.ts';
import { aNotice, anIntervention } from './testing/makers.ts';
import type { Intervention, Notice } from './wire.ts';

const past = (id: string): Intervention => anIntervention({ id, is_open: false });
const ids = (items: readonly Intervention[]): string[] => items.map(({ id }) => id);

describe('the history of a site', () => {
  const pages: Record<string, { items: Intervention[]; next_cursor: string | null }> = {
    first: { items: [anIntervention({ id: 'open' }), past('3'), past('2')], next_cursor: 'more' },
    more: { items: [past('2'), past('1')], next_cursor: null },
  };
  const paged: Pick<Gateway, 'interventions'> = {
    interventions: (_siteId, cursor) => Promise.resolve(pages[cursor ?? 'first']!),
  };

  it('tells only what is over', async () => {
    const history = new History('roc', paged);
    expect(history.face).toBe('loading');
    await history.refresh();
    expect(ids(history.past)).toEqual(['3', '2']);
  });

  it('goes back page by page without repeating anything', async () => {
    const history = new History('roc', paged);
    await history.refresh();
    expect(history.hasMore).toBe(true);
    await history.loadMore();
    expect(ids(history.past)).toEqual(['3', '2', '1']);
    expect(history.hasMore).toBe(false);
  });

  it('keeps the earlier pages when something new happens', async () => {
    const history = new History('roc', paged);
    await history.refresh();
    await history.loadMore();
    await history.refresh();
    expect(ids(history.past)).toEqual(['3', '2', '1']);
    expect(history.hasMore).toBe(false);
  });

  it('says why it is not there', async () => {
    const silence = new Problem({ code: 'offline' }, 0);
    const history = new History('roc', { interventions: () => Promise.reject(silence) });
    await history.refresh();
    expect(history.face).toBe('offline');
  });
});

describe('notices', () => {
  const server = (items: Notice[], markRead = vi.fn<Gateway['markRead']>(() => Promise.resolve())) => ({
    notices: () => Promise.resolve(items),
    markRead,
  });
  const three = [aNotice({ seq: 9 }), aNotice({ seq: 7 }), aNotice({ seq: 4, is_read: true })];

  it('count what is unread', async () => {
    const notices = new Notices(server(three));
    await notices.refresh();
    expect(notices.unread).toBe(2);
  });

  it('are read together, up to the newest, and shown as read at once', async () => {
    const parts = server(three);
    const notices = new Notices(parts);
    await notices.refresh();
    const told = notices.markAllRead();
    expect(notices.unread).toBe(0);
    await told;
    expect(parts.markRead).toHaveBeenCalledWith(9);
  });

  it('are unread again when the server never heard of it', async () => {
    const notices = new Notices(server(three, vi.fn(() => Promise.reject(new Error('away')))));
    await notices.refresh();
    await notices.markAllRead();
    expect(notices.unread).toBe(2);
  });

  it('do not trouble the server when everything was read already', async () => {
    const parts = server([aNotice({ is_read: true })]);
    const notices = new Notices(parts);
    await notices.refresh();
    await notices.markAllRead();
    expect(parts.markRead).not.toHaveBeenCalled();
  });
});

describe('an address in the portal', () => {
  it('leads to a site and back to it', () => {
    expect(placeOf(addressOf('0198-abc'))).toEqual({ page: 'site', siteId: '0198-abc' });
  });

  it('leads to the agreement', () => {
    expect(placeOf(AGREEMENT)).toEqual({ page: 'agreement' });
  });

  it('leads to the overview when it says nothing or nonsense', () => {
    expect(placeOf('')).toEqual({ page: 'overview' });
    expect(placeOf('#/site/<script>')).toEqual({ page: 'overview' });
  });
});
