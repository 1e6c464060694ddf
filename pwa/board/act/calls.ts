// What acting on the board asks of the server; a part of the board's gateway.
import { answerOf, api } from '../../lib/api/index.ts';
import type { Deed, DeedResult, Placements, Verdicts } from './wire.ts';

export interface ActCalls {
  /** For everybody of a day what would come of each start of this work. */
  verdicts(intervention: string, day: string): Promise<Verdicts>;
  place(body: Placements, key: string): Promise<DeedResult>;
  deeds(region: string): Promise<Deed[]>;
  undoDeed(deed: string, key: string): Promise<DeedResult>;
}

export const actCalls: ActCalls = {
  verdicts: (intervention_id, day) =>
    answerOf(
      api.GET('/api/interventions/{intervention_id}/verdicts', {
        params: { path: { intervention_id }, query: { day } },
      }),
    ),

  place: (body, key) =>
    answerOf(api.POST('/api/placements', { body, headers: { 'Idempotency-Key': key } })),

  deeds: async (region_id) =>
    (await answerOf(api.GET('/api/deeds', { params: { query: { region_id } } }))).deeds,

  undoDeed: (deed_id, key) =>
    answerOf(
      api.POST('/api/deeds/{deed_id}/undo', {
        params: { path: { deed_id } },
        headers: { 'Idempotency-Key': key },
      }),
    ),
};
