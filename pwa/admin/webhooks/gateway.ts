// What the pages of webhooks ask of the server: one line per route.
import { answerOf, api, ifVersion, type Schemas } from '../../lib/api/index.ts';
import { every } from '../every.ts';

export type Webhook = Schemas['WebhookOut'];
export type Webhooks = Schemas['WebhooksOut'];
export type WebhookBody = Schemas['WebhookBody'];
export type WebhookChange = Schemas['WebhookChangeBody'];
export type Delivery = Schemas['DeliveryOut'];
type Row = Pick<Webhook, 'id' | 'version'>;

const at = (id: string) => ({ path: { webhook_id: id } });
const keyed = (key: string) => ({ 'Idempotency-Key': key });

export const httpGateway = {
  webhooks: (): Promise<Webhooks> => answerOf(api.GET('/api/webhooks')),
  create: (body: WebhookBody, key: string): Promise<Webhook> =>
    answerOf(api.POST('/api/webhooks', { body, headers: keyed(key) })),
  change: ({ id, version }: Row, body: WebhookChange): Promise<Webhook> =>
    answerOf(api.PATCH('/api/webhooks/{webhook_id}', { params: at(id), headers: ifVersion(version), body })),
  remove: async ({ id, version }: Row): Promise<void> => {
    await answerOf(api.DELETE('/api/webhooks/{webhook_id}', { params: at(id), headers: ifVersion(version) }));
  },
  tryOut: (id: string, key: string): Promise<Delivery> =>
    answerOf(api.POST('/api/webhooks/{webhook_id}/test', { params: at(id), headers: keyed(key) })),
  /** Newest first. */
  deliveries: (id: string, cursor: string | undefined): Promise<{ items: Delivery[]; next_cursor?: string | null }> =>
    answerOf(
      api.GET('/api/webhooks/{webhook_id}/deliveries', {
        params: { ...at(id), query: { limit: 50, ...(cursor ? { cursor } : {}) } },
      }),
    ),
  again: (id: string, delivery: string, key: string): Promise<Delivery> =>
    answerOf(
      api.POST('/api/webhooks/{webhook_id}/deliveries/{delivery_id}/again', {
        params: { path: { webhook_id: id, delivery_id: delivery } },
        headers: keyed(key),
      }),
    ),
  regions: (): Promise<Schemas['RegionOut'][]> => every((query) => answerOf(api.GET('/api/regions', { params: { query } }))),
};
