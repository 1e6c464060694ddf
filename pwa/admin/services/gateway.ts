// What the catalogue of services asks of the server: one line per route.
import { answerOf, api, ifVersion, type Schemas } from '../../lib/api/index.ts';
import { every } from '../every.ts';

export type Service = Schemas['ServiceOut'];
export type ServiceBody = Schemas['ServiceBody'];
export type ServiceNames = Schemas['NamesOut'];

export interface ServicesGateway {
  services(): Promise<Service[]>;
  create(body: ServiceBody, key: string): Promise<unknown>;
  rename(service: Service, names: ServiceNames): Promise<unknown>;
}

export const httpGateway: ServicesGateway = {
  services: () => every((query) => answerOf(api.GET('/api/services', { params: { query } }))),
  create: (body, key) =>
    answerOf(api.POST('/api/services', { body, headers: { 'Idempotency-Key': key } })),
  rename: ({ id, version }, names) =>
    answerOf(
      api.PATCH('/api/services/{service_id}', {
        params: { path: { service_id: id } },
        headers: ifVersion(version),
        body: { names },
      }),
    ),
};
