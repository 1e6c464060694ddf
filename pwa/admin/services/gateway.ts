// What the catalogue of services asks of the server: one line per route.
import { answerOf, api, ifVersion, type Schemas } from '../../lib/api/index.ts';
import { every } from '../every.ts';

export type Service = Schemas['ServiceOut'];
export type ServiceBody = Schemas['ServiceBody'];
export type ServiceChange = Schemas['ServiceChangeBody'];
export type ServiceNames = Schemas['NamesOut'];
export type Part = Schemas['PartOut'];

export interface ServicesGateway {
  services(): Promise<Service[]>;
  service(id: string): Promise<Service>;
  create(body: ServiceBody, key: string): Promise<Service>;
  change(service: Service, body: ServiceChange): Promise<Service>;
  parts(): Promise<Part[]>;
  /** Every skill somebody has, for the list to choose from. */
  skills(): Promise<string[]>;
}

export const httpGateway: ServicesGateway = {
  services: () => every((query) => answerOf(api.GET('/api/services', { params: { query } }))),
  service: (id) => answerOf(api.GET('/api/services/{service_id}', { params: { path: { service_id: id } } })),
  create: (body, key) =>
    answerOf(api.POST('/api/services', { body, headers: { 'Idempotency-Key': key } })),
  change: ({ id, version }, body) =>
    answerOf(
      api.PATCH('/api/services/{service_id}', {
        params: { path: { service_id: id } },
        headers: ifVersion(version),
        body,
      }),
    ),
  parts: () => every((query) => answerOf(api.GET('/api/parts', { params: { query } }))),
  skills: async () => {
    const people = await every((query) => answerOf(api.GET('/api/technicians', { params: { query } })));
    return [...new Set(people.flatMap((each) => Object.keys(each.skills)))].sort();
  },
};
