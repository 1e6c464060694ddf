// What stands on the next review by itself, because it happened under this agreement.
import { answerOf, api } from '../../lib/api/index.ts';
import { every } from '../every.ts';
import type { Improvement, Voice } from '../experience/gateway.ts';

export interface AgendaGateway {
  voices(agreement: string): Promise<Voice[]>;
  improvements(agreement: string): Promise<Improvement[]>;
}

export interface Agenda {
  readonly voices: readonly Voice[];
  readonly open: readonly Improvement[];
}

export const httpAgenda: AgendaGateway = {
  voices: (agreement_id) =>
    every((page) =>
      answerOf(api.GET('/api/irritations', { params: { query: { ...page, agreement_id, state: 'open' } } })),
    ),
  improvements: (agreement_id) =>
    every((page) =>
      answerOf(api.GET('/api/improvements', { params: { query: { ...page, agreement_id, state: 'open' } } })),
    ),
};

/** The oldest voice first, and what is due first first: nothing leaves the list before it is answered. */
export async function agendaOf(gateway: AgendaGateway, agreement: string): Promise<Agenda> {
  const [voices, open] = await Promise.all([gateway.voices(agreement), gateway.improvements(agreement)]);
  return {
    voices: voices.toSorted((one, other) => one.raised_at.localeCompare(other.raised_at)),
    open: open.toSorted((one, other) => one.due_on.localeCompare(other.due_on)),
  };
}
