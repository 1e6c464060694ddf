// What acting on the board asks of the server; a part of the board's gateway.
import { answerOf, api } from '../../lib/api/index.ts';
import type { Alarm } from '../alarm/alarms.svelte.ts';
import type { Deed, DeedResult, Placements, Verdicts } from './wire.ts';

export interface ActCalls {
  /** For everybody of a day, or for these alone, what would come of each start of this work. */
  verdicts(intervention: string, day: string, technicians?: readonly string[]): Promise<Verdicts>;
  place(body: Placements, key: string): Promise<DeedResult>;
  deeds(region: string): Promise<Deed[]>;
  undoDeed(deed: string, key: string): Promise<DeedResult>;
  alarms(region: string): Promise<Alarm[]>;
  seeAlarm(region: string, alarm: string, key: string): Promise<Alarm[]>;
}

export const actCalls: ActCalls = {
  verdicts: (intervention_id, day, technicians) =>
    answerOf(
      api.GET('/api/interventions/{intervention_id}/verdicts', {
        params: {
          path: { intervention_id },
          query: technicians ? { day, technician_id: [...technicians] } : { day },
        },
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

  alarms: async (region_id) =>
    (await answerOf(api.GET('/api/alarms', { params: { query: { region_id } } }))).alarms,

  seeAlarm: async (region_id, alarm, key) =>
    (
      await answerOf(
        api.POST('/api/alarms/seen', { body: { region_id, alarm }, headers: { 'Idempotency-Key': key } }),
      )
    ).alarms,
};
