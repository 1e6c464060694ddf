// The technician's service worker: the page offline, pushes, and the work of a phone in a pocket.

/// <reference lib="webworker" />
import { answerOf, Credentials, makeClient } from '../lib/api/client.ts';
import { Clock } from '../lib/api/clock.ts';
import { Problem } from '../lib/api/problem.ts';
import { work } from '../lib/offline/background.ts';
import { showBadge } from '../lib/offline/badge.ts';
import { uploaderFor } from '../lib/offline/files/sending.ts';
import { asking, Pull } from '../lib/offline/pull.ts';
import { showPushes } from '../lib/offline/pushes.ts';
import { heldFor } from '../lib/offline/queue.ts';
import { outboxFor } from '../lib/offline/sending.ts';
import { Store } from '../lib/offline/store.ts';
import { subscribe } from '../lib/offline/subscribing.ts';
import { SYNC_TAG } from '../lib/offline/triggers.ts';
import { servePage } from '../lib/offline/worker.ts';

declare const self: ServiceWorkerGlobalScope;

servePage('/app/');
showPushes('/app/', { work: workUnwatched, renew: renewSubscription });

self.addEventListener('sync', ((event: ExtendableEvent & { tag: string }) => {
  if (event.tag === SYNC_TAG) event.waitUntil(workOrTryAgain());
}) as EventListener);

/** Failing the event is what makes the browser try it again later. */
async function workOrTryAgain(): Promise<void> {
  if (!(await workAsWhoeverIsHere())) throw new Error('not everything could be sent');
}

/** A push is another occasion to send and fetch; an open page takes it itself. */
async function workUnwatched(): Promise<void> {
  if (!(await isWatched())) await workAsWhoeverIsHere();
}

/** The browser gave the subscription up; whoever is here stays reachable. */
async function renewSubscription(): Promise<void> {
  await asWhoeverIsHere(async ({ client, store }) => {
    await subscribe(self.registration.pushManager, client, await store.device());
    return true;
  });
}

async function workAsWhoeverIsHere(): Promise<boolean> {
  return asWhoeverIsHere(async ({ client, clock, store }) => {
    const uploader = uploaderFor(store, client);
    try {
      return await work({
        outbox: outboxFor(store, { client, clock }),
        pull: new Pull(store, asking(client)),
        errands: [async () => (await uploader.flush()) === 'done'],
        isWatched,
        heldFor: async () => heldFor(await store.pending(), Date.now()),
        wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      });
    } finally {
      uploader.stop();
      await showBadge(store);
    }
  });
}

interface Here {
  readonly client: ReturnType<typeof makeClient>;
  readonly clock: Clock;
  readonly store: Store;
}

/** With every page closed, the server itself says whose phone this is. */
async function asWhoeverIsHere(act: (here: Here) => Promise<boolean>): Promise<boolean> {
  const credentials = new Credentials();
  const clock = new Clock();
  const client = makeClient(credentials, clock);
  try {
    const session = await answerOf(client.GET('/api/session'));
    if (session.account.role !== 'technician') return true;
    credentials.csrf = session.csrf;
    const store = new Store(session.account.id);
    try {
      return await act({ client, clock, store });
    } finally {
      // Held open, it would stand in the way of a newer version of the app.
      await store.close();
    }
  } catch (error) {
    if (error instanceof Problem) return !error.isTransient;
    throw error;
  }
}

async function isWatched(): Promise<boolean> {
  // A page that was there before its first worker is a page too.
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return pages.some(({ url }) => new URL(url).pathname.startsWith('/app/'));
}
