// Every occasion to send and to fetch. No single one is relied upon: phones skip any of them.

import { stream } from '../api/stream.ts';

/** Calls `wake` on each occasion that something may be sent or fetched. Returns how to stop. */
export function onWake(wake: () => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const whenVisible = (): void => {
    if (document.visibilityState === 'visible') wake();
  };
  addEventListener('online', wake, { signal });
  // Nothing can be sent then, but the page learns that it is so.
  addEventListener('offline', wake, { signal });
  addEventListener('pageshow', wake, { signal });
  addEventListener('focus', wake, { signal });
  document.addEventListener('visibilitychange', whenVisible, { signal });
  navigator.serviceWorker?.addEventListener('message', wake, { signal });
  const timer = setInterval(whenVisible, 60_000);
  const stops = [
    stream.onChange(wake),
    stream.onGap(wake),
    stream.onLive((isLive) => {
      if (isLive) wake();
    }),
  ];
  return () => {
    stop.abort();
    clearInterval(timer);
    for (const end of stops) end();
  };
}

/** Calls `leave` when the page goes away, as far as a phone tells. Returns how to stop. */
export function onLeave(leave: () => void): () => void {
  const stop = new AbortController();
  addEventListener('pagehide', leave, { signal: stop.signal });
  return () => stop.abort();
}

/** Asks the browser to wake the worker when the network is back, where it can. */
export async function askBackgroundSync(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  const sync = (registration as { sync?: { register(tag: string): Promise<void> } } | undefined)?.sync;
  // Refused in private windows and absent on iOS and Firefox; the page does without.
  await sync?.register(SYNC_TAG).catch(() => undefined);
}

export const SYNC_TAG = 'palier-outbox';
