// Who was here last and how far this device's clock is off: enough to start without the network.
// Work is never kept here; it has a database of its own in store.ts.

import type { Schemas } from '../api/client.ts';

export interface Remembered {
  readonly session: Schemas['SessionOut'];
  readonly clockOffsetMilliseconds: number;
}

const key = 'palier.remembered';

export function remember(remembered: Remembered): void {
  localStorage.setItem(key, JSON.stringify(remembered));
}

export function recall(): Remembered | undefined {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? 'null') as Remembered | null;
    return found?.session.account.id ? found : undefined;
  } catch {
    return undefined;
  }
}

export function forget(): void {
  localStorage.removeItem(key);
}
