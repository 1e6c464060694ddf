// What the pages of credit notes ask of the server: one line per route.
import { answerOf, api, type Schemas } from '../../lib/api/index.ts';
import { every } from '../every.ts';
import { httpGateway as breaches, type Breach, type Customer } from '../breaches/gateway.ts';

export type CreditNote = Schemas['CreditNoteOut'];
export type CreditLine = Schemas['CreditLineOut'];
export type CreditStatus = CreditNote['status'];
export type CreditStep = CreditNote['allowed'][number];
export type { Breach, Customer };

export interface WantedCredits {
  readonly customer_id?: string;
  readonly month?: string;
  readonly status?: CreditStatus;
}

/** Every call throws a `Problem` when the server says no, or says nothing. */
export interface CreditsGateway {
  credits(wanted: WantedCredits): Promise<CreditNote[]>;
  credit(id: string): Promise<CreditNote>;
  propose(month: string, key: string): Promise<readonly CreditNote[]>;
  step(note: CreditNote, kind: CreditStep, reason: string, key: string): Promise<CreditNote>;
  breach(id: string): Promise<Breach>;
  customers(): Promise<Customer[]>;
}

export const httpGateway: CreditsGateway = {
  credits: (wanted) =>
    every((page) => answerOf(api.GET('/api/credits', { params: { query: { ...page, ...wanted } } }))),

  credit: (credit_id) =>
    answerOf(api.GET('/api/credits/{credit_id}', { params: { path: { credit_id } } })),

  propose: async (month, key) =>
    (
      await answerOf(
        api.POST('/api/credits/proposals', { headers: { 'Idempotency-Key': key }, body: { month } }),
      )
    ).proposed,

  step: ({ id, version }, kind, reason, key) =>
    answerOf(
      api.POST('/api/credits/{credit_id}/commands', {
        params: { path: { credit_id: id } },
        headers: { 'Idempotency-Key': key },
        body: { kind, base_version: version, reason },
      }),
    ),

  breach: breaches.breach,
  customers: breaches.customers,
};
