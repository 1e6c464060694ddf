// What the pages of the catalogue of parts ask of the server: one line per route.
import { answerOf, api, ifVersion, type Schemas } from '../../lib/api/index.ts';
import { every } from '../every.ts';

export type Part = Schemas['PartOut'];
export type PartBody = Schemas['PartBody'];
export type PartChange = Schemas['PartChangeBody'];

export interface PartsGateway {
  parts(): Promise<Part[]>;
  part(id: string): Promise<Part>;
  create(body: PartBody, key: string): Promise<Part>;
  change(part: Part, body: PartChange): Promise<Part>;
}

export const httpGateway: PartsGateway = {
  parts: () => every((query) => answerOf(api.GET('/api/parts', { params: { query } }))),
  part: (id) => answerOf(api.GET('/api/parts/{part_id}', { params: { path: { part_id: id } } })),
  create: (body, key) => answerOf(api.POST('/api/parts', { body, headers: { 'Idempotency-Key': key } })),
  change: ({ id, version }, body) =>
    answerOf(
      api.PATCH('/api/parts/{part_id}', {
        params: { path: { part_id: id } },
        headers: ifVersion(version),
        body,
      }),
    ),
};
