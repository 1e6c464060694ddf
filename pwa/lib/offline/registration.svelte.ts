// The page's side of its service worker: registers it, and offers the update when one waits.
// What the worker does is in worker.ts.

class Update {
  #waiting = $state.raw<ServiceWorker>();

  /** A newer version is ready; it takes over when the person says so. */
  get isReady(): boolean {
    return this.#waiting !== undefined;
  }

  async register(base: string): Promise<void> {
    if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
    const registration = await registered(base);
    if (!registration) return;
    this.#watch(registration);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void registration.update().catch(() => undefined);
    });
  }

  apply(): void {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    this.#waiting?.postMessage({ type: 'SKIP_WAITING' });
  }

  #watch(registration: ServiceWorkerRegistration): void {
    const offer = (): void => {
      // The first worker of all has nobody to replace.
      if (registration.waiting && navigator.serviceWorker.controller) this.#waiting = registration.waiting;
    };
    offer();
    registration.addEventListener('updatefound', () =>
      registration.installing?.addEventListener('statechange', offer),
    );
  }
}

/** Nothing where the browser or its owner allows no service workers: the page works without. */
async function registered(base: string): Promise<ServiceWorkerRegistration | undefined> {
  const worker = `${base}sw.js`;
  try {
    return await navigator.serviceWorker.register(worker, { scope: base, updateViaCache: 'none' });
  } catch {
    return undefined;
  }
}

export const update = new Update();
