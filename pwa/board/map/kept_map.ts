/// <reference lib="webworker" />
// The map archive in the device's cache: one whole file, so that the map draws without a network.
// The Cache API refuses partial answers, so ranges always go past the worker.

export const MAP_CACHE = 'palier-map';

declare const self: ServiceWorkerGlobalScope;

/** In the worker: fetches the archive a page names and keeps it, replacing what was kept. */
export function keepMapWhole(): void {
  self.addEventListener('message', (event) => {
    const message = event.data as { type?: string; url?: string } | null;
    if (message?.type === 'KEEP_MAP' && message.url) event.waitUntil(keep(message.url));
  });
}

async function keep(url: string): Promise<void> {
  const address = new URL(url, self.location.origin);
  if (address.origin !== self.location.origin) return;
  const cache = await caches.open(MAP_CACHE);
  const kept = await cache.match(address);
  const tag = kept?.headers.get('etag');
  const answer = await fetch(address, { headers: tag ? { 'If-None-Match': tag } : {} });
  if (answer.status !== 200) return;
  for (const old of await cache.keys()) await cache.delete(old);
  await cache.put(address, answer);
}

/** In the page: the kept archive, or null while there is none. */
export async function keptMap(url: string): Promise<File | null> {
  if (!('caches' in globalThis)) return null;
  const kept = await (await caches.open(MAP_CACHE)).match(new URL(url, location.origin));
  if (kept === undefined) return null;
  return new File([await kept.blob()], url);
}

/** In the page: asks the worker to keep the archive; without a worker the map needs the network. */
export async function askToKeep(url: string): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration();
  registration?.active?.postMessage({ type: 'KEEP_MAP', url });
}
