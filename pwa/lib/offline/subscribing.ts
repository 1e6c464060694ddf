// Where this browser takes pushes, told to the server: from a page, and from the worker when the
// browser changes it by itself.

import { answerOf, type makeClient, type Schemas } from '../api/client.ts';

type Client = Pick<ReturnType<typeof makeClient>, 'GET' | 'POST'>;

/** Subscribes, or tells of the subscription there is. The person allowed it before. */
export async function subscribe(
  manager: Pick<PushManager, 'getSubscription' | 'subscribe'>,
  client: Client,
  device: string,
): Promise<Schemas['SubscriptionOut']> {
  const { public_key } = await answerOf(client.GET('/api/push'));
  const key = bytesOf(public_key);
  let held = await manager.getSubscription();
  if (held && !isFor(held, key)) {
    // Made for another key, its messages would all be refused.
    await held.unsubscribe();
    held = null;
  }
  held ??= await manager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint = '', keys } = held.toJSON();
  const body = { endpoint, keys: { p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' }, device };
  return answerOf(client.POST('/api/push/subscriptions', { body }));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function isFor({ options }: PushSubscription, key: Uint8Array): boolean {
  if (!options?.applicationServerKey) return true;
  const held = new Uint8Array(options.applicationServerKey);
  return held.length === key.length && held.every((byte, place) => byte === key[place]);
}
