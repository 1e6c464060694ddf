// What the page of keys asks of the server: one line per route.
import { answerOf, api, ifVersion, type Schemas } from '../../lib/api/index.ts';
import { every } from '../every.ts';

export type ApiKey = Schemas['ApiKeyOut'];
export type ApiKeyBody = Schemas['ApiKeyBody'];
type Row = Pick<ApiKey, 'id' | 'version'>;

const at = (id: string) => ({ path: { key_id: id } });

export const httpGateway = {
  keys: (): Promise<ApiKey[]> => every((query) => answerOf(api.GET('/api/api_keys', { params: { query } }))),
  create: (body: ApiKeyBody, key: string): Promise<ApiKey> =>
    answerOf(api.POST('/api/api_keys', { body, headers: { 'Idempotency-Key': key } })),
  /** The key made anew: told in this answer and never again. */
  renew: ({ id, version }: Row): Promise<ApiKey> =>
    answerOf(api.PATCH('/api/api_keys/{key_id}', { params: at(id), headers: ifVersion(version), body: { is_renewed: true } })),
  revoke: async ({ id, version }: Row): Promise<void> => {
    await answerOf(api.DELETE('/api/api_keys/{key_id}', { params: at(id), headers: ifVersion(version) }));
  },
  regions: (): Promise<Schemas['RegionOut'][]> => every((query) => answerOf(api.GET('/api/regions', { params: { query } }))),
  customers: (): Promise<Schemas['CustomerOut'][]> =>
    every((query) => answerOf(api.GET('/api/customers', { params: { query } }))),
};
