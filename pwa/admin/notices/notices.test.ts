import { beforeAll, describe, expect, it, vi } from 'vitest';
import { catalogues } from '../../generated/admin.ts';
import { Problem } from '../../lib/api/problem.ts';
import { language } from '../../lib/i18n/index.ts';
import { type Notice, noticeAddress, noticePlace, Notices, noticeText } from './notices.svelte.ts';

beforeAll(async () => {
  await language.start(catalogues);
  await language.change('en');
});

const notice = (given: Partial<Notice> = {}): Notice => ({
  seq: 7,
  at: '2026-11-23T09:00:00Z',
  code: 'promise_escalated',
  facts: { clock: 'response', level: 2, number: '2026-000068', site_name: 'Hotel Roc' },
  site_id: null,
  intervention_id: null,
  is_read: false,
  ...given,
});

describe('a notice at the desk', () => {
  it('says what happened, to which clock and where', () => {
    expect(noticeText(notice())).toBe('You are called: level 2 of the escalation (Arrival on site).');
    expect(noticePlace(notice())).toBe('2026-000068 · Hotel Roc');
    expect(noticeText(notice({ code: 'teleported', facts: {} }))).toBe('Something happened.');
  });

  it('says who asks to be away, and leads to the roster', () => {
    const asked = notice({ code: 'absence_asked', facts: { technician_first_name: 'Aina', from_at: '2026-11-30' } });
    expect(noticeText(asked)).toBe('A technician asks to be away: decide in the roster.');
    expect([noticePlace(asked), noticeAddress(asked)]).toEqual(['Aina', '#/roster']);
    expect(noticeAddress(notice())).toBeUndefined();
  });

  it('says whose promise it was unless it was made to the customer', () => {
    const missed = (party: string) =>
      noticeText(notice({ code: 'promise_breached', facts: { clock: 'response', party } }));
    expect(missed('customer')).toBe('A promise was missed (Arrival on site).');
    expect(missed('supplier')).toBe('A promise was missed (Arrival on site, Supplier).');
  });

  it('is read once the server heard so', async () => {
    const markRead = vi.fn(() => Promise.resolve());
    const answers = [[notice()], [notice({ is_read: true })]];
    const notices = new Notices({ notices: () => Promise.resolve(answers.shift()!), markRead });
    await notices.loaded.refresh();
    expect(notices.unread).toBe(1);
    await notices.markRead();
    await notices.markRead();
    expect([notices.unread, markRead.mock.calls]).toEqual([0, [[7]]]);
  });

  it('stays unread while the server does not answer', async () => {
    const markRead = () => Promise.reject(new Problem({ code: 'offline' }, 0));
    const notices = new Notices({ notices: () => Promise.resolve([notice()]), markRead });
    await notices.loaded.refresh();
    await notices.markRead();
    expect(notices.unread).toBe(1);
  });
});
