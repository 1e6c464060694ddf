// What the pages of breaches ask of the server: one line per route.
import { answerOf, api, type Schemas } from '../../lib/api/index.ts';
import { every } from '../every.ts';

export type Breach = Schemas['BreachOut'];
export type Excuse = Schemas['ExcuseOut'];
export type Region = Schemas['RegionOut'];
export type Customer = Schemas['CustomerOut'];
export type Party = Breach['party'];
export type BreachState = 'open' | 'waiting' | 'excused' | 'overturned';
export type Decision = 'approved' | 'refused';

export interface WantedBreaches {
  readonly region_id?: string;
  readonly customer_id?: string;
  readonly party?: Party;
  readonly state?: BreachState;
  readonly from?: string;
  readonly to?: string;
}

export interface BreachPage {
  readonly items: readonly Breach[];
  readonly next_cursor?: string | null;
}

/** Every call throws a `Problem` when the server says no, or says nothing. */
export interface BreachesGateway {
  breaches(wanted: WantedBreaches, cursor: string | undefined): Promise<BreachPage>;
  breach(id: string): Promise<Breach>;
  propose(breach: string, reason: string, key: string): Promise<Breach>;
  decide(breach: string, excuse: string, decision: Decision, key: string): Promise<Breach>;
  regions(): Promise<Region[]>;
  customers(): Promise<Customer[]>;
}

export const httpGateway: BreachesGateway = {
  breaches: (wanted, cursor) =>
    answerOf(
      api.GET('/api/breaches', { params: { query: { ...wanted, ...(cursor && { cursor }) } } }),
    ),

  breach: (breach_id) =>
    answerOf(api.GET('/api/breaches/{breach_id}', { params: { path: { breach_id } } })),

  propose: (breach_id, reason, key) =>
    answerOf(
      api.POST('/api/breaches/{breach_id}/excuses', {
        params: { path: { breach_id } },
        headers: { 'Idempotency-Key': key },
        body: { reason },
      }),
    ),

  decide: (breach_id, excuse_id, decision, key) =>
    answerOf(
      api.POST('/api/breaches/{breach_id}/excuses/{excuse_id}/decision', {
        params: { path: { breach_id, excuse_id } },
        headers: { 'Idempotency-Key': key },
        body: { decision },
      }),
    ),

  regions: () => every((query) => answerOf(api.GET('/api/regions', { params: { query } }))),

  customers: () => every((query) => answerOf(api.GET('/api/customers', { params: { query } }))),
};
