/// <reference lib="webworker" />
// What every service worker of ours does: the page without the network, updates when asked for,
// and push messages. Which work it carries out in the background is each entry's sw.ts.

import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & {
  __WB_MANIFEST: { url: string; revision: string | null }[];
};

/** What a push message carries; the words were chosen by the server in the reader's language. */
interface PushText {
  readonly title?: string;
  readonly body?: string;
  readonly tag?: string;
  readonly path?: string;
}

export function servePage(base: string): void {
  // Ranges and the API are the network's business: registered first, so no later listener answers.
  self.addEventListener('fetch', (event) => {
    const { pathname } = new URL(event.request.url);
    if (event.request.headers.has('range') || pathname.startsWith('/api/'))
      event.stopImmediatePropagation();
  });
  precacheAndRoute(self.__WB_MANIFEST, { cleanURLs: false });
  cleanupOutdatedCaches();
  registerRoute(
    new NavigationRoute(createHandlerBoundToURL(base), {
      allowlist: [new RegExp(`^${base}(?!.*\\.\\w+$)`)],
    }),
  );
  self.addEventListener('message', (event) => {
    if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
  });
}

/** A push that shows nothing costs the subscription on some phones, so one is always shown. */
export function showPushes(base: string): void {
  self.addEventListener('push', (event) => event.waitUntil(notify(pushText(event.data), base)));
  self.addEventListener('notificationclick', (event) => {
    event.notification.close();
    const path = (event.notification.data as { path?: string } | null)?.path ?? base;
    event.waitUntil(openPage(path, base));
  });
}

function pushText(data: PushMessageData | null): PushText {
  try {
    return (data?.json() ?? {}) as PushText;
  } catch {
    return { body: data?.text() ?? '' };
  }
}

async function notify({ title, body, tag, path }: PushText, base: string): Promise<void> {
  await self.registration.showNotification(title ?? 'Palier', {
    body: body ?? '',
    icon: `${base}icon-192.png`,
    badge: `${base}icon-192.png`,
    data: { path: path ?? base },
    ...(tag ? { tag } : {}),
  });
  for (const page of await self.clients.matchAll({ type: 'window' })) page.postMessage({ type: 'PUSHED' });
}

/** Only ever a page of ours, whatever the message says. */
async function openPage(path: string, base: string): Promise<void> {
  const inside = path.startsWith(base) ? path : base;
  const [open] = await self.clients.matchAll({ type: 'window' });
  if (!open) await self.clients.openWindow(inside);
  else await (await open.focus()).navigate(inside).catch(() => null);
}
