// What the pages of figures ask of the server: one line per route.
import { answerOf, api, type Schemas } from '../../lib/api/index.ts';
import { httpGateway as breaches, type Customer, type Region } from '../breaches/gateway.ts';

export type Figure = Schemas['FigureOut'];
export type Figures = Schemas['FiguresOut'];
export type Definition = Schemas['DefinitionOut'];
export type Demand = Schemas['DemandOut'];
export type BackTest = NonNullable<Demand['back_test']>;
export type { Customer, Region };

export interface WantedFigures {
  readonly from_day: string;
  readonly to_day: string;
  readonly region_id?: string;
  readonly customer_id?: string;
}

export interface FiguresGateway {
  figures(wanted: WantedFigures): Promise<Figures>;
  definitions(): Promise<Definition[]>;
  demand(region: string): Promise<Demand>;
  regions(): Promise<Region[]>;
  customers(): Promise<Customer[]>;
}

export const httpGateway: FiguresGateway = {
  figures: (query) => answerOf(api.GET('/api/measures', { params: { query } })),
  definitions: async () => (await answerOf(api.GET('/api/measures/definitions'))).items,
  demand: (region_id) => answerOf(api.GET('/api/regions/{region_id}/demand', { params: { path: { region_id } } })),
  regions: breaches.regions,
  customers: breaches.customers,
};
