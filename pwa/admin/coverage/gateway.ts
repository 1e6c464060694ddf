// What coverage asks of the server: one line per route.
import { answerOf, api, type Schemas } from '../../lib/api/index.ts';
import { every } from '../every.ts';

export type Coverage = Schemas['CoverageOut'];
export type Exposures = Schemas['ExposuresOut'];
export type Exposure = Schemas['ExposureOut'];
export type Service = Schemas['ServiceOut'];

export interface CoverageGateway {
  /** Sites and services nobody promised anything for on a day. */
  coverage(day: string): Promise<Coverage>;
  exposures(): Promise<Exposures>;
  services(): Promise<Service[]>;
}

export const httpGateway: CoverageGateway = {
  coverage: (day) =>
    answerOf(api.GET('/api/agreements/coverage', { params: { query: { day } } })),
  exposures: () => answerOf(api.GET('/api/agreements/exposures')),
  services: () => every((query) => answerOf(api.GET('/api/services', { params: { query } }))),
};
