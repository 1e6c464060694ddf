/// <reference lib="webworker" />
// Push messages in a service worker: shown, and opened as the page they are about.

declare const self: ServiceWorkerGlobalScope;

/** What a push message carries; the words were chosen by the server in the reader's language. */
interface PushText {
  readonly title?: string;
  readonly body?: string;
  readonly tag?: string;
  readonly path?: string;
}

export interface PushErrands {
  /** What a push is an occasion for. */
  readonly work?: () => Promise<unknown>;
  /** The browser ended the subscription: tells the server the new one. */
  readonly renew?: () => Promise<unknown>;
}

const nothing = async (): Promise<undefined> => undefined;

/** A push that shows nothing costs the subscription on some phones, so one is always shown. */
export function showPushes(base: string, { work = nothing, renew = nothing }: PushErrands = {}): void {
  self.addEventListener('push', (event) =>
    // Shown first: what follows needs a network that may be gone again.
    event.waitUntil(notify(pushText(event.data), base).then(work)),
  );
  self.addEventListener('pushsubscriptionchange', (event) => (event as ExtendableEvent).waitUntil(renew()));
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
  if (!open) {
    await self.clients.openWindow(inside);
    return;
  }
  // A page that may not come to the front turns to it all the same.
  const page = await open.focus().catch(() => open);
  await page.navigate(inside).catch(() => null);
}
