/// <reference lib="webworker" />
// What every service worker of ours does: the page without the network, and updates when asked for.
// Push messages are in pushes.ts, work in the background in background.ts.

import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & {
  __WB_MANIFEST: { url: string; revision: string | null }[];
};

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
