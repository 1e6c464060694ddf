/// <reference lib="webworker" />
// The map kept on the device: the archive as one whole file, and the code that draws it, so that
// the map works without a network. The Cache API refuses partial answers: ranges go past the worker.

const ARCHIVE = 'palier-map';
const CODE = 'palier-map-code';
const CODE_PATH = /\/assets\/[^/]*maplibre/;

declare const self: ServiceWorkerGlobalScope;

interface KeepMap {
  readonly type: 'KEEP_MAP';
  readonly archive: string;
  readonly code: readonly string[];
}

/** In the worker: keeps what a page that has opened the map names, and answers with it later. */
export function keepMapWhole(): void {
  self.addEventListener('message', (event) => {
    const message = event.data as Partial<KeepMap> | null;
    if (message?.type !== 'KEEP_MAP') return;
    event.waitUntil(
      Promise.all([keepArchive(message.archive ?? ''), keepCode(message.code ?? [])]),
    );
  });
  self.addEventListener('fetch', (event) => {
    const { origin, pathname } = new URL(event.request.url);
    if (origin === self.location.origin && CODE_PATH.test(pathname)) {
      event.respondWith(keptCode(event.request));
    }
  });
}

/** Fetches the archive unless the one that is kept is still the server's. */
async function keepArchive(url: string): Promise<void> {
  const address = own(url);
  if (address === null) return;
  const cache = await caches.open(ARCHIVE);
  const kept = await cache.match(address);
  const tag = kept?.headers.get('etag');
  const answer = await fetch(address, { headers: tag ? { 'If-None-Match': tag } : {} });
  if (answer.status !== 200) return;
  for (const old of await cache.keys()) await cache.delete(old);
  await cache.put(address, answer);
}

async function keepCode(urls: readonly string[]): Promise<void> {
  const wanted = urls.map(own).filter((url) => url !== null);
  const cache = await caches.open(CODE);
  for (const old of await cache.keys()) {
    if (!wanted.includes(old.url)) await cache.delete(old);
  }
  for (const url of wanted) {
    if ((await cache.match(url)) === undefined) await cache.add(url);
  }
}

async function keptCode(request: Request): Promise<Response> {
  const kept = await (await caches.open(CODE)).match(request.url);
  return kept ?? fetch(request);
}

/** The absolute address, when it is one of ours. */
function own(url: string): string | null {
  const address = new URL(url, self.location.origin);
  return address.origin === self.location.origin ? address.href : null;
}

/** In the page: the kept archive, or null while there is none. */
export async function keptMap(url: string): Promise<File | null> {
  if (!('caches' in globalThis)) return null;
  const kept = await (await caches.open(ARCHIVE)).match(new URL(url, location.origin).href);
  if (kept === undefined) return null;
  return new File([await kept.blob()], url);
}

/** In the page: asks the worker to keep the map; without a worker it needs the network. */
export async function askToKeep(archive: string, code: readonly string[]): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { active } = await navigator.serviceWorker.ready;
  const message: KeepMap = { type: 'KEEP_MAP', archive, code };
  active?.postMessage(message);
}
