// Sends photos and signatures: the oldest first, piece by piece, going on where it was cut.
// They leave the phone only once the server has said that it holds them whole.

import { Problem } from '../../api/problem.ts';
import type { StoredFile } from '../database.ts';
import type { RoundEnd } from '../outbox.ts';
import { Retry } from '../retry.ts';
import type { Store } from '../store.ts';
import { type FileStatus, isNamed, learn, nextFile, refuse } from './files.ts';
import { sha256 } from './hash.ts';

/** What one request carries: below what the server takes, small enough for a weak signal. */
export const PIECE = 256 * 1024;

/** Delivers a piece of a file and returns how much is there now; no answer is a Problem. */
export type SendPiece = (file: StoredFile, offset: number, bytes: ArrayBuffer) => Promise<FileStatus>;

export interface UploaderParts {
  readonly store: Store;
  readonly send: SendPiece;
  readonly locks: Pick<LockManager, 'request'>;
  /** False when the device itself knows that it is off the network. */
  readonly isOnline: () => boolean;
  readonly later: (act: () => void, milliseconds: number) => unknown;
  readonly random: () => number;
}

const shortestWait = 2_000;

export class Uploader {
  #parts: UploaderParts;
  #queued: Promise<RoundEnd> | undefined;
  #retry: Retry;
  #isStopped = false;

  constructor(parts: UploaderParts) {
    this.#parts = parts;
    this.#retry = new Retry(parts, shortestWait, () => this.flush());
  }

  /** Sends what can be sent; safe to call at any time from any tab or worker. */
  async flush(): Promise<RoundEnd> {
    if (this.#isStopped) return 'stopped';
    this.#queued ??= Promise.resolve().then(() => this.#flush());
    return this.#queued;
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #flush(): Promise<RoundEnd> {
    const { locks, store } = this.#parts;
    const end = await locks.request(`palier-files-${store.account}`, () => {
      this.#queued = undefined;
      return this.#round();
    });
    this.#retry.plan(end);
    return end;
  }

  async #round(): Promise<RoundEnd> {
    const { store, isOnline } = this.#parts;
    const passed = new Set<string>();
    for (;;) {
      const file = await store.read((reading) => nextFile(reading, passed));
      if (this.#isStopped) return 'stopped';
      if (!file) return passed.size > 0 ? 'trying_again' : 'done';
      if (!isOnline()) return 'trying_again';
      const problem = await this.#deliver(file);
      if (!problem) continue;
      if (problem.isSignedOut) return 'signed_out';
      // A server that stumbles over one file may still take the others; a silent one takes none.
      if (problem.isTransient && problem.status < 500) return 'trying_again';
      passed.add(file.id);
    }
  }

  /** Sends the next piece and stores what the server says of it. */
  async #deliver(file: StoredFile): Promise<Problem | undefined> {
    const { store, send } = this.#parts;
    const bytes = await store.read((reading) => reading.objectStore('bytes').get(file.id));
    if (!bytes || (file.sent === 0 && (await sha256(bytes)) !== file.sha256)) {
      // The phone itself lost it.
      await store.write((writing) => refuse(writing, file.id));
      return undefined;
    }
    // Nothing is left where an answer got lost: the last piece again asks for it.
    const offset = Math.min(file.sent, file.size - 1);
    try {
      const status = await send(file, offset, bytes.slice(offset, offset + PIECE));
      await store.write((writing) => learn(writing, file.id, status));
      const isStuck = status.state === 'promised' && status.received_size <= file.sent;
      return isStuck ? new Problem({ code: 'internal' }, 500) : undefined;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return this.#mended(file, error);
    }
  }

  /** What can be put right here is; returns the problem where this file has to wait. */
  async #mended(file: StoredFile, problem: Problem): Promise<Problem | undefined> {
    const { store } = this.#parts;
    const goOnAt = async (received_size: number): Promise<void> =>
      store.write((writing) => learn(writing, file.id, { state: 'promised', received_size }));
    if (problem.code === 'upload_offset_differs') {
      const received = Number(problem.facts['received_size']);
      await goOnAt(received);
      return received === file.sent ? problem : undefined;
    }
    if (problem.code === 'file_hash_differs') {
      await goOnAt(0);
      return problem;
    }
    if (problem.isSignedOut || problem.isTransient) return problem;
    // Its command was refused and is still here: until that is decided, the server knows of no file.
    if (await store.read((reading) => isNamed(reading, file.id))) return problem;
    await store.write((writing) => refuse(writing, file.id));
    return undefined;
  }
}
