// What the portal asks of the server, as a protocol, and the real thing behind it.
// Tests bring a small server of their own.

import { answerOf, api } from '../lib/api/index.ts';
import type {
  Agreement,
  Card,
  CreditNote,
  Intervention,
  Month,
  Notice,
  Page,
  Report,
  Service,
  Site,
  Trails,
} from './wire.ts';

export interface Gateway {
  /** Every site this manager looks after. */
  sites(): Promise<Site[]>;
  /** One page of a site's interventions, newest first. */
  interventions(siteId: string, cursor?: string): Promise<Page<Intervention>>;
  /** `key` makes a repeated report the same report. */
  report(report: Report, key: string): Promise<Intervention>;
  notices(): Promise<Notice[]>;
  markRead(upTo: number): Promise<void>;
  /** Why each promise of an intervention falls due when it does. */
  trails(interventionId: string): Promise<Trails>;
  /** What is promised at a site, service by service. */
  cards(siteId: string): Promise<Card[]>;
  agreements(): Promise<Agreement[]>;
  /** Approved credit notes, newest first. */
  creditNotes(): Promise<CreditNote[]>;
  services(): Promise<Service[]>;
  /** One month (`2026-06`) on one page. */
  month(month: string): Promise<Month>;
  /** `key` makes a repeated wish the same wish. */
  askChange(agreementId: string, text: string, key: string): Promise<void>;
}

const MOST_PER_PAGE = 200;
const HISTORY_PAGE = 20;
const NOTICES_SHOWN = 50;

export const gateway: Gateway = {
  async sites() {
    const sites: Site[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: MOST_PER_PAGE, ...(cursor ? { cursor } : {}) };
      const page = await answerOf(api.GET('/api/portal/sites', { params: { query } }));
      sites.push(...page.items);
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    return sites;
  },
  interventions(siteId, cursor) {
    const query = { site_id: siteId, limit: HISTORY_PAGE, ...(cursor ? { cursor } : {}) };
    return answerOf(api.GET('/api/portal/interventions', { params: { query } }));
  },
  report(report, key) {
    const headers = { 'Idempotency-Key': key };
    return answerOf(api.POST('/api/portal/interventions', { body: report, headers }));
  },
  async notices() {
    const query = { limit: NOTICES_SHOWN };
    return (await answerOf(api.GET('/api/notices', { params: { query } }))).items;
  },
  async markRead(upTo) {
    await answerOf(api.POST('/api/notices/read', { body: { up_to: upTo } }));
  },
  trails(interventionId) {
    const params = { path: { intervention_id: interventionId } };
    return answerOf(api.GET('/api/portal/interventions/{intervention_id}/trail', { params }));
  },
  async cards(siteId) {
    const query = { site_id: siteId };
    const { items } = await answerOf(api.GET('/api/portal/promises', { params: { query } }));
    // The client's types make any list of a pair.
    return items as Card[];
  },
  async agreements() {
    return (await answerOf(api.GET('/api/portal/agreements'))).items;
  },
  async creditNotes() {
    return (await answerOf(api.GET('/api/portal/credits'))).items;
  },
  async services() {
    const query = { limit: MOST_PER_PAGE };
    return (await answerOf(api.GET('/api/services', { params: { query } }))).items;
  },
  month(month) {
    return answerOf(api.GET('/api/portal/report', { params: { query: { month } } }));
  },
  async askChange(agreementId, text, key) {
    const params = { path: { agreement_id: agreementId } };
    const headers = { 'Idempotency-Key': key };
    await answerOf(
      api.POST('/api/agreements/{agreement_id}/change-requests', { params, body: { text }, headers }),
    );
  },
};
