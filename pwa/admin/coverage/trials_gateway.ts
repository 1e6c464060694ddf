// What trying promises out asks of the server: one line per route.
import { answerOf, api, type Schemas } from '../../lib/api/index.ts';
import { every } from '../every.ts';

export type Trial = Schemas['TrialOut'];
export type TrialWish = Schemas['TrialBody'];
export type Region = Schemas['RegionOut'];

const SHOWN = 12;

export interface TrialsGateway {
  /** The newest trials of the reader's regions. */
  trials(): Promise<Trial[]>;
  start(wish: TrialWish, key: string): Promise<Trial>;
  stop(id: string, key: string): Promise<Trial>;
  regions(): Promise<Region[]>;
}

export const httpTrials: TrialsGateway = {
  trials: async () =>
    [...(await answerOf(api.GET('/api/feasibility', { params: { query: { limit: SHOWN } } }))).items],

  start: (body, key) =>
    answerOf(api.POST('/api/feasibility', { headers: { 'Idempotency-Key': key }, body })),

  stop: (trial_id, key) =>
    answerOf(
      api.POST('/api/feasibility/{trial_id}/cancel', {
        params: { path: { trial_id } },
        headers: { 'Idempotency-Key': key },
      }),
    ),

  regions: () => every((query) => answerOf(api.GET('/api/regions', { params: { query } }))),
};
