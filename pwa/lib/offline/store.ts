// The phone's own storage, one database per account: what the server said, and apart from it what
// has not been sent. What is done with it is in outbox.ts and pull.ts.

import { Dexie, type EntityTable } from 'dexie';
import type { Schemas } from '../api/client.ts';
import type { Pending, VisitDetail } from './commands.ts';

export interface StoredVisit {
  readonly id: string;
  readonly detail: VisitDetail;
  /** No longer this technician's; kept only while something unsent refers to it. */
  readonly isGone: boolean;
}

/** Single things worth keeping, each under its name. */
export interface Kept {
  cursor: string;
  /** The server's time of the last sync, ISO. */
  syncedAt: string;
  shifts: Schemas['SyncOut']['shifts'];
  device: string;
  sequence: number;
  [draft: `draft:${string}`]: unknown;
}

/** What an older version of this app did not keep of a visit. */
const unknown: Partial<VisitDetail> = { trails: [], checklist: [], exclusions: [] };

export class StorageFailure extends Error {
  override readonly name = 'StorageFailure';
  /** The phone is full, rather than its storage broken. */
  readonly isFull: boolean;

  constructor(cause: unknown) {
    super('this device did not store it', { cause });
    this.isFull = namesOf(cause).includes('QuotaExceededError');
  }
}

export class Store extends Dexie {
  declare visits: EntityTable<StoredVisit, 'id'>;
  declare outbox: EntityTable<Pending, 'order'>;
  declare kept: EntityTable<{ name: string; value: unknown }, 'name'>;
  readonly account: string;

  constructor(account: string) {
    super(`palier-${account}`);
    this.account = account;
    this.version(1).stores({ visits: 'id', outbox: '++order, &id, visitId', kept: 'name' });
    // Visits kept before they had a checklist stay readable, and are asked for again.
    this.version(2).upgrade(async (kept) => {
      await kept.table('kept').delete('cursor');
      await kept
        .table<StoredVisit>('visits')
        .toCollection()
        .modify((row) => {
          Object.assign(row, { detail: { ...unknown, ...row.detail } });
        });
    });
  }

  async keep<K extends keyof Kept>(name: K, value: Kept[K]): Promise<void> {
    await this.kept.put({ name, value });
  }

  async keptUnder<K extends keyof Kept>(name: K): Promise<Kept[K] | undefined> {
    return (await this.kept.get(name))?.value as Kept[K] | undefined;
  }

  async forget(name: keyof Kept): Promise<void> {
    await this.kept.delete(name);
  }

  /** Everything unsent, oldest first. */
  async pending(): Promise<Pending[]> {
    return this.outbox.orderBy('order').toArray();
  }

  /** Removes visits that are no longer this technician's, once nothing unsent refers to them. */
  async dropGone(): Promise<void> {
    const needed = new Set((await this.pending()).map(({ visitId }) => visitId));
    await this.visits.filter(({ id, isGone }) => isGone && !needed.has(id)).delete();
  }

  /**
   * Does something with the storage, once more after opening it again: phones close it under a
   * page that slept. What still fails is thrown as a StorageFailure, never swallowed.
   */
  async safely<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (!wasClosed(error)) throw asFailure(error);
    }
    try {
      this.close({ disableAutoOpen: false });
      await this.open();
      return await act();
    } catch (error) {
      throw asFailure(error);
    }
  }
}

const closedNames = ['DatabaseClosedError', 'InvalidStateError', 'UnknownError', 'AbortError'];

function wasClosed(error: unknown): boolean {
  const names = namesOf(error);
  return closedNames.some((name) => names.includes(name)) && !names.includes('QuotaExceededError');
}

function asFailure(error: unknown): unknown {
  return error instanceof Dexie.DexieError || error instanceof DOMException
    ? new StorageFailure(error)
    : error;
}

function namesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const inner = (error as { inner?: unknown }).inner;
  return [error.name, ...(inner === error ? [] : namesOf(inner))];
}
