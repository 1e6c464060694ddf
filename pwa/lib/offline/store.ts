// The phone's own storage, one database per account: what the server said, and apart from it what
// has not been sent. What is done with it is in outbox.ts and pull.ts.

import { deleteDB } from 'idb';
import { Changes } from './changes.ts';
import { isOfVisit, type Pending } from './commands.ts';
import { type Database, type Kept, openDatabase, type Reading, type StoredVisit, tables, type Writing } from './database.ts';

export type { Kept, StoredFile, StoredPosition, StoredVisit } from './database.ts';

/** What an older version of this app did not keep of a visit. */
const spending = { spent_eur: '0.00', authority_eur: null, approved_eur: null, approved_reason: '', approved_by: '', goodwill: [] };
const unknown = { trails: [], checklist: [], exclusions: [], files: [], asset_card: null, parts: [], wanted_parts: [], spending };
const unknownSite = { hazards: [], key_box: '', contacts: [] };
const unknownVisit = { late_by_seconds: 0, skew_seconds: null };

export class StorageFailure extends Error {
  override readonly name = 'StorageFailure';
  /** The phone is full, rather than its storage broken. */
  readonly isFull: boolean;

  constructor(cause: unknown) {
    super('this device did not store it', { cause });
    this.isFull = nameOf(cause) === 'QuotaExceededError';
  }
}

export class Store {
  readonly account: string;
  readonly name: string;
  #changes: Changes;
  #database: Promise<Database> | undefined;

  constructor(account: string) {
    this.account = account;
    this.name = `palier-${account}`;
    this.#changes = new Changes(this.name);
  }

  /** Called after every change, made here, in another tab or by the worker. */
  onChange(listen: () => void): () => void {
    return this.#changes.onChange(listen);
  }

  /** Reads in one transaction. Await nothing else inside: it would end there. */
  async read<T>(act: (reading: Reading) => Promise<T>): Promise<T> {
    return this.safely(async () => {
      const database = await this.#opened();
      return act(database.transaction([...tables], 'readonly'));
    });
  }

  /**
   * Writes all of it or nothing, and tells everybody. Await nothing else inside: it would end there.
   * What is `strict` is on the disk when this returns, so that no empty battery takes it back.
   */
  async write<T>(
    act: (writing: Writing) => Promise<T>,
    durability: IDBTransactionDurability = 'strict',
  ): Promise<T> {
    const result = await this.safely(async () => {
      const database = await this.#opened();
      return whole(database.transaction([...tables], 'readwrite', { durability }), act);
    });
    this.#changes.announce();
    return result;
  }

  async visit(id: string): Promise<StoredVisit | undefined> {
    return this.read((reading) => visitIn(reading, id));
  }

  async visits(): Promise<StoredVisit[]> {
    return this.read(visitsIn);
  }

  /** Everything unsent, oldest first. */
  async pending(): Promise<Pending[]> {
    return this.read(pendingIn);
  }

  async keep<K extends keyof Kept>(name: K, value: Kept[K]): Promise<void> {
    await this.write((writing) => keepIn(writing, name, value), 'relaxed');
  }

  async keptUnder<K extends keyof Kept>(name: K): Promise<Kept[K] | undefined> {
    return this.read((reading) => keptIn(reading, name));
  }

  /** By which name the server knows this phone, for as long as somebody is signed in on it. */
  async device(): Promise<string> {
    return this.write(deviceIn);
  }

  async forget(name: keyof Kept): Promise<void> {
    await this.write((writing) => writing.objectStore('kept').delete(name));
  }

  /** Deletes everything, unless something was not sent yet. Says whether it did. */
  async deleteSent(): Promise<boolean> {
    const isEmptied = await this.write(async (writing) => {
      const unsent = await Promise.all([writing.objectStore('outbox').count(), writing.objectStore('files').count()]);
      if (unsent.some((count) => count > 0)) return false;
      await Promise.all(tables.map((table) => writing.objectStore(table).clear()));
      return true;
    });
    await this.close();
    if (isEmptied) await deleteDB(this.name);
    return isEmptied;
  }

  async close(): Promise<void> {
    this.#changes.close();
    await this.#disconnect();
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
      await this.#disconnect();
      return await act();
    } catch (error) {
      throw asFailure(error);
    }
  }

  async #opened(): Promise<Database> {
    const opening = (this.#database ??= openDatabase(this.name, () => {
      if (this.#database === opening) this.#database = undefined;
    }));
    try {
      return await opening;
    } catch (error) {
      // The next attempt opens anew, rather than failing for ever with this one.
      if (this.#database === opening) this.#database = undefined;
      throw error;
    }
  }

  async #disconnect(): Promise<void> {
    const opening = this.#database;
    this.#database = undefined;
    (await opening?.catch(() => undefined))?.close();
  }
}

export async function visitIn(reading: Reading, id: string): Promise<StoredVisit | undefined> {
  const row = await reading.objectStore('visits').get(id);
  return row && complete(row);
}

export async function visitsIn(reading: Reading): Promise<StoredVisit[]> {
  return (await reading.objectStore('visits').getAll()).map(complete);
}

export async function pendingIn(reading: Reading): Promise<Pending[]> {
  return reading.objectStore('outbox').getAll();
}

export async function deviceIn(writing: Writing): Promise<string> {
  const device = (await keptIn(writing, 'device')) ?? crypto.randomUUID();
  await keepIn(writing, 'device', device);
  return device;
}

export async function keptIn<K extends keyof Kept>(reading: Reading, name: K): Promise<Kept[K] | undefined> {
  return (await reading.objectStore('kept').get(name))?.value as Kept[K] | undefined;
}

export async function keepIn<K extends keyof Kept>(writing: Writing, name: K, value: Kept[K]): Promise<void> {
  await writing.objectStore('kept').put({ name, value });
}

/** Removes visits that are no longer this technician's, once nothing unsent refers to them. */
export async function dropGone(writing: Writing): Promise<void> {
  const [visits, pending, files] = await Promise.all([
    writing.objectStore('visits').getAll(),
    pendingIn(writing),
    writing.objectStore('files').getAll(),
  ]);
  const needed = new Set([
    ...pending.filter(isOfVisit).map(({ target }) => target.id),
    ...files.map(({ visitId }) => visitId),
  ]);
  const gone = visits.filter(({ id, isGone }) => isGone && !needed.has(id));
  await Promise.all(gone.map(({ id }) => writing.objectStore('visits').delete(id)));
}

function complete(row: StoredVisit): StoredVisit {
  const { site, visit } = row.detail;
  const detail = {
    ...unknown,
    ...row.detail,
    site: { ...unknownSite, ...site },
    visit: { ...unknownVisit, ...visit },
  };
  return { ...row, detail };
}

/** What the act does, or nothing of it; done only once the phone says that it is kept. */
async function whole<T>(writing: Writing, act: (writing: Writing) => Promise<T>): Promise<T> {
  // Said by `writing.error` where it matters; unheard, it would be an unhandled rejection.
  const done = writing.done.catch(() => Promise.reject(writing.error ?? aborted()));
  done.catch(() => undefined);
  try {
    const result = await act(writing);
    await done;
    return result;
  } catch (error) {
    try {
      writing.abort();
    } catch {
      // It has ended already.
    }
    throw writing.error ?? error;
  }
}

function aborted(): DOMException {
  return new DOMException('the transaction ended early', 'AbortError');
}

const closedNames = ['InvalidStateError', 'UnknownError', 'AbortError'];

function wasClosed(error: unknown): boolean {
  return closedNames.includes(nameOf(error) ?? '');
}

function asFailure(error: unknown): unknown {
  return error instanceof DOMException ? new StorageFailure(error) : error;
}

function nameOf(error: unknown): string | undefined {
  return error instanceof DOMException ? error.name : undefined;
}
