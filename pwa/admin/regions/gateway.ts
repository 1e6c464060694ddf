// What the pages of regions ask of the server: one line per route.
import { answerOf, api, ifVersion, type Schemas } from '../../lib/api/index.ts';
import { every } from '../every.ts';

export type Region = Schemas['RegionOut'];
export type RegionBody = Schemas['RegionBody'];
export type RegionChange = Schemas['RegionChangeBody'];
export type Calendar = Pick<Schemas['CalendarOut'], 'id' | 'name'>;
export type TravelProfile = Schemas['TravelProfileOut'];

export type RegionPromise = Schemas['RegionPromiseOut'];

export interface RegionsGateway {
  regions(): Promise<Region[]>;
  region(id: string): Promise<Region>;
  create(body: RegionBody, key: string): Promise<Region>;
  change(row: Region, body: RegionChange): Promise<Region>;
  calendars(): Promise<Calendar[]>;
  profiles(): Promise<TravelProfile[]>;
  /** How soon agreements in force promise to be there, by severity. */
  promises(region: string): Promise<readonly RegionPromise[]>;
  /** Where the sites of a region lie: what its outline goes around. */
  places(region: string): Promise<{ lat: number; lon: number }[]>;
}

export const httpGateway: RegionsGateway = {
  regions: () => every((query) => answerOf(api.GET('/api/regions', { params: { query } }))),
  region: (id) => answerOf(api.GET('/api/regions/{region_id}', { params: { path: { region_id: id } } })),
  create: (body, key) => answerOf(api.POST('/api/regions', { body, headers: { 'Idempotency-Key': key } })),
  change: ({ id, version }, body) =>
    answerOf(
      api.PATCH('/api/regions/{region_id}', { params: { path: { region_id: id } }, headers: ifVersion(version), body }),
    ),
  calendars: () => every((query) => answerOf(api.GET('/api/calendars', { params: { query } }))),
  profiles: () => answerOf(api.GET('/api/travel_profiles')),
  promises: async (region) =>
    (await answerOf(api.GET('/api/agreements/in_region', { params: { query: { region_id: region } } }))).items,
  places: async (region) => {
    const sites = await every((query) =>
      answerOf(api.GET('/api/sites', { params: { query: { ...query, region_id: region } } })),
    );
    return sites.map(({ position }) => position);
  },
};
