// The last answers of the server on this device, for a start without the network.
// It is a copy, never work: losing it loses nothing, and signing out removes it.

import type { CardStore } from './cards.svelte.ts';
import type { SiteStore } from './portal.svelte.ts';
import type { Card, Site } from './wire.ts';

const DATABASE = 'palier-portal';
const SHELF = 'kept';
const LAST = 'last';

interface Kept {
  accountId: string;
  sites: Site[];
  asOf: string;
}

interface KeptCards {
  accountId: string;
  cards: Card[];
}

export class DeviceStore implements SiteStore, CardStore {
  #accountId: () => string | undefined;

  constructor(accountId: () => string | undefined) {
    this.#accountId = accountId;
  }

  async read(): Promise<{ sites: Site[]; asOf: string } | undefined> {
    const kept = (await onShelf('readonly', (shelf) => shelf.get(LAST))) as Kept | undefined;
    return kept?.accountId === this.#accountId() ? kept : undefined;
  }

  async write({ sites, asOf }: { sites: Site[]; asOf: string }): Promise<void> {
    const accountId = this.#accountId();
    if (accountId === undefined) return;
    await onShelf('readwrite', (shelf) => shelf.put({ accountId, sites, asOf }, LAST));
  }

  async readCards(siteId: string): Promise<Card[] | undefined> {
    const kept = (await onShelf('readonly', (shelf) => shelf.get(`cards:${siteId}`))) as KeptCards | undefined;
    return kept?.accountId === this.#accountId() ? kept?.cards : undefined;
  }

  async writeCards(siteId: string, cards: Card[]): Promise<void> {
    const accountId = this.#accountId();
    if (accountId === undefined) return;
    await onShelf('readwrite', (shelf) => shelf.put({ accountId, cards }, `cards:${siteId}`));
  }

  async clear(): Promise<void> {
    await onShelf('readwrite', (shelf) => shelf.clear());
  }
}

async function onShelf(
  mode: IDBTransactionMode,
  act: (shelf: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const database = await settled(opened());
  try {
    return await settled(act(database.transaction(SHELF, mode).objectStore(SHELF)));
  } finally {
    database.close();
  }
}

function opened(): IDBOpenDBRequest {
  const request = indexedDB.open(DATABASE, 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(SHELF));
  return request;
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('storage failed')));
  });
}
