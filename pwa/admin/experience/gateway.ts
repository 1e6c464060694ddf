// What the page of experience asks of the server: one line per route.
import { answerOf, api, type Schemas } from '../../lib/api/index.ts';
import { every } from '../every.ts';
import { httpGateway as breaches, type Customer, type Region } from '../breaches/gateway.ts';

export type Voice = Schemas['IrritationOut'];
export type Improvement = Schemas['ImprovementOut'];
export type Proposal = Schemas['ImprovementBody'];
export type Command = Schemas['ImprovementCommandBody'];
export type Watermelons = Schemas['WatermelonsOut'];
export type Drivers = Schemas['DriversOut'];
export type TechnicianExperience = Schemas['TechnicianExperienceOut'];
export type Place = Watermelons['sites'][number];
export type Work = Schemas['InterventionOut'];
export type { Customer, Region };

export interface Where {
  readonly region_id?: string;
  readonly customer_id?: string;
}

const keyed = (key: string) => ({ 'Idempotency-Key': key });

export const httpGateway = {
  voices: (where: Where): Promise<Voice[]> =>
    every((page) => answerOf(api.GET('/api/irritations', { params: { query: { ...where, ...page, state: 'open' } } }))),
  improvements: (where: Where): Promise<Improvement[]> =>
    every((page) => answerOf(api.GET('/api/improvements', { params: { query: { ...where, ...page } } }))),
  watermelons: (where: Where, from_day: string, to_day: string): Promise<Watermelons> =>
    answerOf(api.GET('/api/watermelons', { params: { query: { ...where, from_day, to_day } } })),
  drivers: (where: Where, from_day: string, to_day: string): Promise<Drivers> =>
    answerOf(api.GET('/api/satisfaction_drivers', { params: { query: { ...where, from_day, to_day } } })),
  technicians: (region_id: string, from_day: string, to_day: string): Promise<TechnicianExperience> =>
    answerOf(
      api.GET('/api/regions/{region_id}/technician_experience', {
        params: { path: { region_id }, query: { from_day, to_day } },
      }),
    ),
  found: async (q: string): Promise<readonly Work[]> =>
    (await answerOf(api.GET('/api/interventions', { params: { query: { q, limit: 5 } } }))).items,
  raise: (body: Schemas['IrritationBody'], key: string): Promise<Voice> =>
    answerOf(api.POST('/api/irritations', { body, headers: keyed(key) })),
  close: ({ id, version }: Voice, reason: string, key: string): Promise<Voice> =>
    answerOf(
      api.POST('/api/irritations/{irritation_id}/close', {
        params: { path: { irritation_id: id } },
        body: { base_version: version, reason },
        headers: keyed(key),
      }),
    ),
  propose: (body: Proposal, key: string): Promise<Improvement> =>
    answerOf(api.POST('/api/improvements', { body, headers: keyed(key) })),
  command: ({ id, version }: Improvement, body: Omit<Command, 'base_version'>, key: string): Promise<Improvement> =>
    answerOf(
      api.POST('/api/improvements/{improvement_id}/commands', {
        params: { path: { improvement_id: id } },
        body: { ...body, base_version: version },
        headers: keyed(key),
      }),
    ),
  regions: breaches.regions,
  customers: breaches.customers,
};
export type ExperienceGateway = typeof httpGateway;
