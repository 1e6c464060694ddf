// The technician's service worker: the page offline, pushes, and the outbox in the background.

/// <reference lib="webworker" />
import { answerOf, Credentials, makeClient } from '../lib/api/client.ts';
import { Clock } from '../lib/api/clock.ts';
import { outboxFor } from '../lib/offline/sending.ts';
import { Store } from '../lib/offline/store.ts';
import { SYNC_TAG } from '../lib/offline/triggers.ts';
import { servePage, showPushes } from '../lib/offline/worker.ts';

declare const self: ServiceWorkerGlobalScope;

servePage('/app/');
showPushes('/app/');

self.addEventListener('sync', ((event: ExtendableEvent & { tag: string }) => {
  if (event.tag === SYNC_TAG) event.waitUntil(flush());
}) as EventListener);

/** With every page closed, the server itself says whose outbox this is. */
async function flush(): Promise<void> {
  const credentials = new Credentials();
  const clock = new Clock();
  const client = makeClient(credentials, clock);
  const session = await answerOf(client.GET('/api/session'));
  credentials.csrf = session.csrf;
  const outbox = outboxFor(new Store(session.account.id), { client, clock });
  // Failing the event is what makes the browser try it again later.
  if ((await outbox.flush()) === 'trying_again') throw new Error('not everything could be sent');
}
