import { describe, expect, test } from 'vitest';
import { Problem } from '../../api/problem.ts';
import { finished } from '../attaching.ts';
import type { StoredFile } from '../database.ts';
import { Store } from '../store.ts';
import { storeWith, unsent, visit } from '../testing/makers.ts';
import type { FileStatus } from './files.ts';
import { sha256 } from './hash.ts';
import { PIECE, type SendPiece, Uploader, type UploaderParts } from './uploader.ts';

function picture(size: number, first: number): ArrayBuffer {
  const bytes = new Uint8Array(size).fill(first);
  bytes[size - 1] = first + 100;
  return bytes.buffer;
}

async function taken(store: Store, bytes: ArrayBuffer, changes: Partial<StoredFile> = {}): Promise<string> {
  const draft = { kind: 'photo', bytes, mediaType: 'image/jpeg', takenAt: '2026-11-23T10:00:00.000Z' } as const;
  const { bytes: _bytes, ...file } = await finished(draft);
  await store.write(async (writing) => {
    await writing.objectStore('files').put({ ...file, visitId: 'visit-1', state: 'waiting', sent: 0, ...changes });
    await writing.objectStore('bytes').put(bytes, file.id);
  });
  return file.id;
}

async function filesOf(store: Store): Promise<StoredFile[]> {
  return store.read((reading) => reading.objectStore('files').getAll());
}

/** A server that keeps what it is sent, as the real one does. */
class Archive {
  readonly whole = new Map<string, ArrayBuffer>();
  readonly arriving = new Map<string, Uint8Array>();
  readonly order: string[] = [];

  take({ id, size, sha256: promised }: StoredFile, offset: number, bytes: ArrayBuffer): Promise<FileStatus> {
    return this.#take(id, size, promised, offset, new Uint8Array(bytes));
  }

  async #take(id: string, size: number, promised: string, offset: number, bytes: Uint8Array): Promise<FileStatus> {
    if (this.whole.has(id)) return { received_size: size, state: 'received' };
    const before = this.arriving.get(id) ?? new Uint8Array();
    if (offset + bytes.length <= before.length) return { received_size: before.length, state: 'promised' };
    if (offset !== before.length)
      throw new Problem({ code: 'upload_offset_differs', received_size: before.length }, 409);
    const now = new Uint8Array(before.length + bytes.length);
    now.set(before);
    now.set(bytes, before.length);
    this.arriving.set(id, now);
    if (now.length < size) return { received_size: now.length, state: 'promised' };
    this.arriving.delete(id);
    if ((await sha256(now.buffer)) !== promised) throw new Problem({ code: 'file_hash_differs' }, 422);
    this.whole.set(id, now.buffer);
    this.order.push(id);
    return { received_size: size, state: 'received' };
  }
}

function uploaderWith(store: Store, send: SendPiece, parts: Partial<UploaderParts> = {}): Uploader {
  const timers = { later: () => undefined, random: () => 0.5 };
  return new Uploader({ store, send, locks: navigator.locks, isOnline: () => true, ...timers, ...parts });
}

const small = 40_000;

describe('sending', () => {
  test('goes piece by piece, the oldest first, and deletes what has arrived', async () => {
    const store = await storeWith(visit());
    const archive = new Archive();
    const late = await taken(store, picture(PIECE * 2 + 5, 1), { takenAt: '2026-11-23T10:05:00.000Z' });
    const early = await taken(store, picture(small, 2));
    expect(await uploaderWith(store, (...piece) => archive.take(...piece)).flush()).toBe('done');
    expect(archive.order).toEqual([early, late]);
    expect(await filesOf(store)).toEqual([]);
    expect(await store.read((reading) => reading.objectStore('bytes').count())).toBe(0);
  });

  test('waits for the command that promises the file', async () => {
    const store = await storeWith(visit());
    const archive = new Archive();
    const id = await taken(store, picture(small, 1));
    const promise = { id, kind: 'photo', sha256: '', size: small, media_type: 'image/jpeg', taken_at: '', signer: '', item: null, note: '' } as const;
    const { order: _order, ...note } = unsent('note', { files: [promise] });
    await store.write((writing) => writing.objectStore('outbox').add(note));
    const uploader = uploaderWith(store, (...piece) => archive.take(...piece));
    await uploader.flush();
    expect(archive.whole.size).toBe(0);
    await store.write((writing) => writing.objectStore('outbox').clear());
    await uploader.flush();
    expect([...archive.whole.keys()]).toEqual([id]);
  });

  test('goes on where the server says, wherever the phone lost count', async () => {
    const store = await storeWith(visit());
    const archive = new Archive();
    const bytes = picture(PIECE * 2, 3);
    const id = await taken(store, bytes, { sent: PIECE });
    expect(await uploaderWith(store, (...piece) => archive.take(...piece)).flush()).toBe('done');
    expect(await sha256(archive.whole.get(id)!)).toBe(await sha256(bytes));
  });

  test('in two tabs sends each piece once', async () => {
    const store = await storeWith(visit());
    const archive = new Archive();
    let pieces = 0;
    const send: SendPiece = (...piece) => {
      pieces += 1;
      return archive.take(...piece);
    };
    await taken(store, picture(PIECE * 3, 4));
    const tabs = [store, new Store(store.account)].map((each) => uploaderWith(each, send));
    await Promise.all(tabs.map((tab) => tab.flush()));
    expect(pieces).toBe(3);
  });
});

describe('what cannot be sent', () => {
  test('pauses while nobody is signed in and keeps everything', async () => {
    const store = await storeWith(visit());
    await taken(store, picture(small, 1));
    const uploader = uploaderWith(store, async () => {
      throw new Problem({ code: 'not_signed_in' }, 401);
    });
    expect(await uploader.flush()).toBe('signed_out');
    expect(await filesOf(store)).toMatchObject([{ state: 'waiting' }]);
  });

  test('holds up no other file', async () => {
    const store = await storeWith(visit());
    const archive = new Archive();
    const bad = await taken(store, picture(small, 1));
    await taken(store, picture(small, 2), { takenAt: '2026-11-23T10:05:00.000Z' });
    const uploader = uploaderWith(store, async (file, ...piece) => {
      if (file.id === bad) throw new Problem({ code: 'internal' }, 500);
      return archive.take(file, ...piece);
    });
    expect(await uploader.flush()).toBe('trying_again');
    expect((await filesOf(store)).map(({ id }) => id)).toEqual([bad]);
  });

  test.each([
    ['the server cannot read it', async (): Promise<FileStatus> => ({ received_size: small, state: 'refused' })],
    ['the server never heard of it', async () => Promise.reject(new Problem({ code: 'not_found' }, 404))],
  ])('waits for the technician where %s', async (_why, send) => {
    const store = await storeWith(visit());
    await taken(store, picture(small, 1));
    expect(await uploaderWith(store, send).flush()).toBe('done');
    expect(await filesOf(store)).toMatchObject([{ state: 'refused' }]);
  });

  test('is not sent once the phone itself has spoilt it', async () => {
    const store = await storeWith(visit());
    const archive = new Archive();
    const id = await taken(store, picture(small, 1));
    await store.write((writing) => writing.objectStore('bytes').put(picture(small, 9), id));
    await uploaderWith(store, (...piece) => archive.take(...piece)).flush();
    expect(archive.whole.size).toBe(0);
    expect(await filesOf(store)).toMatchObject([{ state: 'refused' }]);
  });
});

function chances(seed: number): () => number {
  let state = seed * 2654435761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0;
    return state / 2 ** 32;
  };
}

test.each(Array.from({ length: 40 }, (_, index) => index + 1))(
  'nothing is lost or spoilt on a bad network (seed %i)',
  async (seed) => {
    const chance = chances(seed);
    const store = await storeWith(visit());
    const archive = new Archive();
    let isQuiet = false;
    const send: SendPiece = async (...piece) => {
      const luck = isQuiet ? 1 : chance();
      if (luck < 0.15) throw Problem.offline();
      if (luck < 0.25) throw new Problem({ code: 'internal' }, 500);
      if (luck < 0.3) throw new Problem({ code: 'not_signed_in' }, 401);
      if (luck < 0.35) throw new Problem({ code: 'too_many_attempts' }, 429);
      const status = await archive.take(...piece);
      // It arrived, but the phone never hears of it.
      if (luck < 0.55) throw Problem.offline();
      return status;
    };
    const wanted = new Map<string, ArrayBuffer>();
    for (let number = 0; number < 3; number += 1) {
      const bytes = picture(Math.ceil(chance() * PIECE * 1.5), number);
      wanted.set(await taken(store, bytes), bytes);
    }
    for (let round = 0; round < 12; round += 1) {
      // Every round another tab or the worker: nothing is remembered but what is stored.
      await uploaderWith(new Store(store.account), send).flush();
      const left = await filesOf(store);
      expect(left.length + archive.whole.size).toBeGreaterThanOrEqual(wanted.size);
    }
    isQuiet = true;
    await uploaderWith(store, send).flush();
    expect(await filesOf(store)).toEqual([]);
    for (const [id, bytes] of wanted)
      expect(await sha256(archive.whole.get(id)!)).toBe(await sha256(bytes));
  },
);
