// What somebody at a desk was told, newest first, and how much of it is unread.
import { answerOf, api, type Schemas } from '../../lib/api/index.ts';
import { Problem } from '../../lib/api/problem.ts';
import { wordFor } from '../../lib/i18n/index.ts';
import { addressOf } from '../address.svelte.ts';
import { Loaded } from '../loaded.svelte.ts';

export type Notice = Schemas['NoticeOut'];

export interface NoticesGateway {
  notices(): Promise<readonly Notice[]>;
  markRead(upTo: number): Promise<unknown>;
}

export const httpGateway: NoticesGateway = {
  notices: async () => (await answerOf(api.GET('/api/notices', { params: { query: { limit: 50 } } }))).items,
  markRead: (up_to) => answerOf(api.POST('/api/notices/read', { body: { up_to } })),
};

export class Notices {
  readonly loaded: Loaded<readonly Notice[]>;
  readonly #gateway: NoticesGateway;

  constructor(gateway: NoticesGateway) {
    this.#gateway = gateway;
    this.loaded = new Loaded(() => gateway.notices());
  }

  get unread(): number {
    return (this.loaded.value ?? []).filter(({ is_read }) => !is_read).length;
  }

  /** Everything on the list has been seen; what the server did not hear stays unread. */
  async markRead(): Promise<void> {
    const newest = this.loaded.value?.[0];
    if (newest === undefined || this.unread === 0) return;
    try {
      await this.#gateway.markRead(newest.seq);
    } catch (error) {
      if (error instanceof Problem) return;
      throw error;
    }
    await this.loaded.refresh();
  }
}

/** What happened. A code this page does not know yet still says that something did. */
export function noticeText({ code, facts }: Notice): string {
  return wordFor('admin.notice', code, {
    clock: clockWords(facts),
    share: Number(facts['percent'] ?? 0),
    level: Number(facts['level'] ?? 0),
  });
}

/** Which clock, and whose where it is not the customer's: `Arrival on site, Supplier`. */
function clockWords({ clock, party }: Notice['facts']): string {
  const whose = party === 'customer' || typeof party !== 'string' ? '' : wordFor('party', party);
  const which = typeof clock === 'string' ? wordFor('clock', clock) : '';
  return [which, whose].filter(Boolean).join(', ');
}

/** Where: `2026-000068 · Lift B · Hotel Roc`; of somebody's own day, who. */
export function noticePlace({ facts }: Notice): string {
  const said = [facts['number'], facts['asset_name'], facts['site_name']].filter(isTold);
  return (said.length > 0 ? said : [facts['technician_first_name']].filter(isTold)).join(' · ');
}

/** Where it is dealt with on these pages; undefined where that is the board's. */
export function noticeAddress({ code, facts }: Notice): string | undefined {
  if (code === 'absence_asked') return addressOf('roster');
  const agreement = facts['agreement_id'];
  return typeof agreement === 'string' ? addressOf('agreements', agreement, 'reviews') : undefined;
}

function isTold(fact: unknown): boolean {
  return typeof fact === 'string' && fact !== '';
}
