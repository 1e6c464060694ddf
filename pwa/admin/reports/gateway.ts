// What reports ask of the server: one line per route.
import { answerOf, api, type Schemas } from '../../lib/api/index.ts';
import { every } from '../every.ts';
import { httpGateway as figures } from '../figures/gateway.ts';

export type Overall = Schemas['DirectorReportOut'];
export type RegionReport = Schemas['RegionReportOut'];
export type CustomerReport = Schemas['CustomerReportOut'];
export type Trend = Schemas['TrendOut'];
export type SkillCapacity = Schemas['SkillCapacityOut'];
export type Figure = Schemas['FigureOut'];
export type Breach = Schemas['BreachOut'];
export type Voice = Schemas['IrritationOut'];
export type ExtractBody = Schemas['ExtractBody'];
export type Improvement = Schemas['ImprovementOut'];

interface Days {
  readonly from_day: string;
  readonly to_day: string;
}

export const httpGateway = {
  overall: (query: Days & { region_id?: string }): Promise<Overall> =>
    answerOf(api.GET('/api/reports/overall', { params: { query } })),
  region: (region_id: string, query: Days): Promise<RegionReport> =>
    answerOf(api.GET('/api/reports/regions/{region_id}', { params: { path: { region_id }, query } })),
  customer: (customer_id: string, query: Days): Promise<CustomerReport> =>
    answerOf(api.GET('/api/reports/customers/{customer_id}', { params: { path: { customer_id }, query } })),
  breaches: (customer_id: string, from: string, to: string): Promise<Breach[]> =>
    every((page) => answerOf(api.GET('/api/breaches', { params: { query: { customer_id, from, to, party: 'customer', ...page } } }))),
  voices: (customer_id: string): Promise<Voice[]> =>
    every((page) => answerOf(api.GET('/api/irritations', { params: { query: { customer_id, state: 'open', ...page } } }))),
  improvements: (customer_id: string): Promise<Improvement[]> =>
    every((page) => answerOf(api.GET('/api/improvements', { params: { query: { customer_id, state: 'open', ...page } } }))),
  services: (): Promise<Schemas['ServiceOut'][]> =>
    every((page) => answerOf(api.GET('/api/services', { params: { query: page } }))),
  extract: (body: ExtractBody): Promise<Schemas['SignedExtractOut']> =>
    answerOf(api.POST('/api/performance-extracts', { body })),
  definitions: figures.definitions,
  regions: figures.regions,
  customers: figures.customers,
};
