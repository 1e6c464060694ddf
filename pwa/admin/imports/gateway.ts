// What importing asks of the server: one line per route.
import { answerOf, api, type Schemas } from '../../lib/api/index.ts';

export type Looked = Schemas['ImportOut'];
export type Kind = Schemas['ImportBody']['kind'];

export interface ImportsGateway {
  send(kind: Kind, content: string, confirms: string | null, key: string): Promise<Looked>;
}

export const httpGateway: ImportsGateway = {
  send: (kind, content, confirms, key) =>
    answerOf(api.POST('/api/imports', { body: { kind, content, confirms }, headers: { 'Idempotency-Key': key } })),
};
