// The phone's database: what is kept in it, how an older one becomes this one, and who may hold
// it open. Reading and writing are in store.ts.

import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import type { Schemas } from '../api/client.ts';
import type { Duty, Pending, VisitDetail } from './commands.ts';

export interface StoredVisit {
  readonly id: string;
  readonly detail: VisitDetail;
  /** No longer this technician's; kept only while something unsent refers to it. */
  readonly isGone: boolean;
}

/** A photo or a signature on its way; its bytes lie apart, so that lists stay light. */
export interface StoredFile {
  readonly id: string;
  readonly visitId: string;
  readonly kind: 'photo' | 'signature';
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
  /** By this device's own clock, ISO. */
  readonly takenAt: string;
  /** Who signed; empty for a photo. */
  readonly signer: string;
  /** The item of the checklist it answers. */
  readonly item: string | null;
  readonly note: string;
  /** The file that was not to be read, or got lost, and for which this one was taken again. */
  readonly replaces?: string;
  /** `refused` waits for the technician; what was received is deleted here. */
  readonly state: 'waiting' | 'refused';
  /** How many bytes the server has confirmed. */
  readonly sent: number;
}

export interface StoredPosition {
  readonly at: string;
  readonly lat: number;
  readonly lon: number;
  readonly accuracyMetres: number;
}

/** A visit that is no longer this technician's: which one, why, and who has it now. */
export interface LeftVisit {
  readonly id: string;
  readonly number: string;
  readonly siteName: string;
  readonly startsAt: string;
  readonly zone: string;
  readonly reason: Schemas['LeftOut']['reason'];
  readonly toFirstName: string | null;
  /** The server's time at which the phone was told, ISO. */
  readonly toldAt: string;
}

/** Single things worth keeping, each under its name. */
export interface Kept {
  /** Where the next sync starts, and how much of a visit was told up to there. */
  cursor: { readonly cursor: string; readonly shape: number };
  /** The server's time of the last sync, ISO. */
  syncedAt: string;
  technicianId: string;
  shifts: Schemas['SyncOut']['shifts'];
  duty: Duty;
  /** The catalogue of parts. */
  parts: readonly Schemas['PartOut'][];
  /** What the technician may decide alone on one intervention, EUR; null without a limit. */
  authority: string | null;
  /** Visits somebody took away from this technician, until they have been read. */
  left: readonly LeftVisit[];
  location: Schemas['SyncOut']['location'];
  arrival: Schemas['SyncOut']['arrival'];
  /** Whom the technician calls. */
  office: Schemas['SyncOut']['office'];
  /** Being located was switched off here, under this notice, and the server does not know yet. */
  locationOff: number;
  /** How often each part was used from this phone, by its code. */
  partUses: Readonly<Record<string, number>>;
  device: string;
  sequence: number;
  [draft: `draft:${string}`]: unknown;
}

interface Tables extends DBSchema {
  visits: { key: string; value: StoredVisit };
  outbox: { key: number; value: Pending; indexes: { id: string } };
  kept: { key: string; value: { readonly name: string; readonly value: unknown } };
  files: { key: string; value: StoredFile; indexes: { visitId: string } };
  /** By the id of the file. Never a Blob: some phones lose those. */
  bytes: { key: string; value: ArrayBuffer };
  positions: { key: number; value: StoredPosition };
}

export const tables = ['visits', 'outbox', 'kept', 'files', 'bytes', 'positions'] as const;
type Table = (typeof tables)[number];
export type Database = IDBPDatabase<Tables>;
export type Reading = IDBPTransaction<Tables, Table[], 'readonly' | 'readwrite'>;
export type Writing = IDBPTransaction<Tables, Table[], 'readwrite'>;

/** The first two versions were written through a library that counts in tens. */
const VERSION = 30;

/** Opens it; `onClosed` is called when the phone or a newer version of the app took it away. */
export function openDatabase(name: string, onClosed: () => void): Promise<Database> {
  return openDB<Tables>(name, VERSION, {
    async upgrade(database, before, _after, transaction) {
      if (before > 0) await takeOver(transaction);
      else found(database);
      database.createObjectStore('files', { keyPath: 'id' }).createIndex('visitId', 'visitId');
      database.createObjectStore('bytes');
      database.createObjectStore('positions', { autoIncrement: true });
    },
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      onClosed();
    },
    terminated: onClosed,
  });
}

function found(database: Database): void {
  database.createObjectStore('visits', { keyPath: 'id' });
  database
    .createObjectStore('outbox', { keyPath: 'order', autoIncrement: true })
    .createIndex('id', 'id', { unique: true });
  database.createObjectStore('kept', { keyPath: 'name' });
}

/** What an older app had not sent yet is a command like any other here. */
async function takeOver(transaction: IDBPTransaction<Tables, Table[], 'versionchange'>): Promise<void> {
  const outbox = transaction.objectStore('outbox');
  for (let row = await outbox.openCursor(); row; row = await row.continue()) {
    const { visitId, ...command } = row.value as unknown as Pending & { visitId: string };
    await row.update({ ...command, target: { kind: 'visit', id: visitId }, heldUntil: null, files: [] } as Pending);
  }
  (outbox as unknown as IDBObjectStore).deleteIndex('visitId');
}
