import { describe, expect, it, vi } from 'vitest';
import { Problem } from '../lib/api/index.ts';
import { Agreements, byDay } from './agreements.svelte.ts';
import { type CardStore, PromiseCards } from './cards.svelte.ts';
import { Explanations } from './explanations.svelte.ts';
import type { Gateway } from './gateway.ts';
import { plainDay } from './sentences/amounts.ts';
import { aCard, aCreditNote, aTrail, aVersion, today } from './testing/makers.ts';
import type { Agreement, Card } from './wire.ts';
import { Wish } from './wish.svelte.ts';

const silence = new Problem({ code: 'offline' }, 0);

function shelf(kept?: Card[]): CardStore & { kept: Card[] | undefined } {
  return {
    kept,
    readCards() {
      return Promise.resolve(this.kept);
    },
    writeCards(_siteId, cards) {
      this.kept = cards;
      return Promise.resolve();
    },
  };
}

describe('the promises of a site', () => {
  it('are kept on the device when the server tells them', async () => {
    const store = shelf();
    const cards = new PromiseCards('roc', { gateway: { cards: () => Promise.resolve([aCard()]) }, store });
    expect(cards.face).toBe('loading');
    await cards.refresh();
    expect([cards.face, store.kept?.length]).toEqual(['ready', 1]);
  });

  it('are read from the device without the network, and missed where it has none', async () => {
    const gateway = { cards: () => Promise.reject(silence) };
    const known = new PromiseCards('roc', { gateway, store: shelf([aCard()]) });
    const unknown = new PromiseCards('roc', { gateway, store: shelf() });
    await Promise.all([known.refresh(), unknown.refresh()]);
    expect([known.face, unknown.face]).toEqual(['ready', 'offline']);
  });
});

describe('how a time comes about', () => {
  const trails = { now: today('12:00'), is_out_of_scope: false, out_of_scope_reason: '', trails: [aTrail()] };

  it('is asked for once somebody wants to know, and then kept fresh', async () => {
    const server = { trails: vi.fn<Gateway['trails']>(() => Promise.resolve(trails)) };
    const explanations = new Explanations(server);
    const [one, other] = [explanations.of('1'), explanations.of('2')];
    await explanations.refresh();
    expect(server.trails).not.toHaveBeenCalled();
    await Promise.all([one.want(), one.want()]);
    await explanations.refresh();
    expect(server.trails.mock.calls).toEqual([['1'], ['1']]);
    expect([one.face, other.isWanted]).toEqual(['ready', false]);
    expect(explanations.of('1')).toBe(one);
  });

  it('says offline without the network', async () => {
    const explanation = new Explanations({ trails: () => Promise.reject(silence) }).of('1');
    await explanation.want();
    expect(explanation.face).toBe('offline');
  });
});

describe('agreements', () => {
  const agreement: Agreement = { id: 'a', number: 'AGR-1', name: 'Hotels', next_review_on: null, versions: [aVersion()], wishes: [] };
  const server = {
    agreements: () => Promise.resolve([agreement, { ...agreement, id: 'b', number: 'AGR-2', versions: [] }]),
    creditNotes: () => Promise.resolve([aCreditNote({ agreement_number: 'AGR-1' }), aCreditNote({ agreement_number: 'AGR-9' })]),
    services: () => Promise.resolve([]),
  };

  it('are those that were ever in force, each with its credit notes', async () => {
    const agreements = new Agreements(server);
    await agreements.refresh();
    expect(agreements.items.map(({ id }) => id)).toEqual(['a']);
    expect(agreements.creditNotesOf(agreement)).toHaveLength(1);
  });

  it('leave over the credit notes of promises to every customer', async () => {
    const agreements = new Agreements(server);
    await agreements.refresh();
    expect(agreements.houseCreditNotes.map(({ agreement_number }) => agreement_number)).toEqual(['AGR-9']);
  });

  it('say so when there are none, and when nobody answers', async () => {
    const none = new Agreements({
      ...server,
      agreements: () => Promise.resolve([]),
      creditNotes: () => Promise.resolve([]),
    });
    const offline = new Agreements({ ...server, services: () => Promise.reject(silence) });
    await Promise.all([none.refresh(), offline.refresh()]);
    expect([none.face, offline.face]).toEqual(['empty', 'offline']);
  });

  it('hold up to, and not on, the day they end', () => {
    const versions = [
      aVersion({ number: 3, valid_from: '2026-07-01', valid_to: null }),
      aVersion({ number: 2, valid_from: '2026-06-02', valid_to: '2026-07-01' }),
      aVersion({ number: 1, valid_from: '2026-01-01', valid_to: '2026-06-02' }),
    ];
    const { current, coming, past } = byDay(versions, '2026-06-02');
    expect([current?.number, coming.map((each) => each.number), past.map((each) => each.number)]).toEqual([2, [3], [1]]);
  });

  it('begin a day when it begins where the buildings are', () => {
    expect(plainDay(new Date('2026-06-02T22:30:00Z'), 'Europe/Andorra')).toBe('2026-06-03');
  });
});

describe('a wish for a change', () => {
  it('needs words', async () => {
    const askChange = vi.fn<Gateway['askChange']>();
    const wish = new Wish('a', { askChange });
    expect([await wish.send(), wish.lacksText]).toEqual([false, true]);
    expect(askChange).not.toHaveBeenCalled();
  });

  it('is kept when it did not arrive, and is the same wish when sent again', async () => {
    const askChange = vi.fn<Gateway['askChange']>().mockRejectedValueOnce(silence).mockResolvedValueOnce();
    const wish = new Wish('a', { askChange });
    wish.text = ' Sundays too ';
    expect([await wish.send(), wish.text, wish.problem?.status]).toEqual([false, ' Sundays too ', 0]);
    expect([await wish.send(), wish.text]).toEqual([true, '']);
    const [first, second] = askChange.mock.calls;
    expect(second).toEqual(first);
    expect(first?.slice(0, 2)).toEqual(['a', 'Sundays too']);
  });
});
