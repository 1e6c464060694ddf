// What waits for a second person, asked of the four places where it can wait: one line per route.
import { answerOf, api, type Schemas } from '../../lib/api/index.ts';
import { httpGateway as breaches, type Breach, type Decision } from '../breaches/gateway.ts';
import { httpGateway as credits, type CreditNote } from '../credits/gateway.ts';
import { every } from '../every.ts';

export type WaitingPause = Schemas['WaitingPauseOut'];
export type Agreement = Schemas['AgreementOut'];
export type Version = Schemas['VersionOut'];
export type { Breach, CreditNote, Decision };

export interface ApprovalsGateway {
  pauses(): Promise<WaitingPause[]>;
  breaches(): Promise<Breach[]>;
  credits(): Promise<CreditNote[]>;
  /** Those of which a version is a draft, or about to end. */
  agreements(): Promise<Agreement[]>;
  decidePause(pause: string, decision: Decision, key: string): Promise<unknown>;
  decideExcuse(breach: string, excuse: string, decision: Decision, key: string): Promise<unknown>;
  approveCredit(note: CreditNote, key: string): Promise<unknown>;
}

export const httpGateway: ApprovalsGateway = {
  pauses: () =>
    every((page) =>
      answerOf(api.GET('/api/pauses', { params: { query: { ...page, waiting: true } } })),
    ),

  breaches: () =>
    every((page) =>
      answerOf(api.GET('/api/breaches', { params: { query: { ...page, state: 'waiting' } } })),
    ),

  credits: () => credits.credits({ status: 'checked' }),

  agreements: async () => {
    const found = await Promise.all(['draft' as const, 'legal_hold' as const].map(agreementsIn));
    const ids = [...new Set(found.flat().map(({ id }) => id))];
    return Promise.all(ids.map(agreement));
  },

  decidePause: (pause_id, decision, key) =>
    answerOf(
      api.POST('/api/pauses/{pause_id}/decision', {
        params: { path: { pause_id } },
        headers: { 'Idempotency-Key': key },
        body: { decision },
      }),
    ),

  decideExcuse: breaches.decide,
  approveCredit: (note, key) => credits.step(note, 'approve', '', key),
};

function agreementsIn(status: Version['status']): Promise<Schemas['AgreementBriefOut'][]> {
  return every((page) =>
    answerOf(api.GET('/api/agreements', { params: { query: { ...page, status } } })),
  );
}

function agreement(agreement_id: string): Promise<Agreement> {
  return answerOf(api.GET('/api/agreements/{agreement_id}', { params: { path: { agreement_id } } }));
}
