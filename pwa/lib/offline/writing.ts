// How a command is written down: numbered, stamped, based on what the phone knows by then, and
// stored together with the files it promises. When it is sent is in outbox.ts.

import type { Clock } from '../api/clock.ts';
import type { Pending, PromisedFile, Target } from './commands.ts';
import type { StoredFile, Writing } from './database.ts';
import { drop } from './files/files.ts';
import { expectedVersion } from './project.ts';
import { laneOf } from './queue.ts';
import { deviceIn, keepIn, keptIn, pendingIn, visitIn } from './store.ts';

/** A file that is complete: hashed, and its bytes at hand. */
export interface NewFile extends Omit<StoredFile, 'visitId' | 'state' | 'sent'> {
  readonly bytes: ArrayBuffer;
}

export interface Wish extends Pick<Pending, 'target' | 'kind' | 'payload' | 'at'> {
  /** How long it can be taken back before it is sent. */
  readonly holdSeconds?: number;
  /** Stored with the command, or neither is. */
  readonly newFiles?: readonly NewFile[];
  /** Stored already, with a command that this one takes the place of. */
  readonly files?: readonly PromisedFile[];
}

export async function writeDown(
  writing: Writing,
  { target, kind, payload, at, holdSeconds = 0, newFiles = [], files = [] }: Wish,
  clock: Pick<Clock, 'offsetSeconds'>,
): Promise<Pending> {
  const outbox = writing.objectStore('outbox');
  const own = (await pendingIn(writing)).filter((item) => laneOf(item.target) === laneOf(target));
  // Only the last step can be taken back, so what was held before it goes now.
  for (const item of own) if (item.heldUntil !== null) await outbox.put({ ...item, heldUntil: null });
  for (const { bytes, ...file } of newFiles) {
    await writing.objectStore('files').put({ ...file, visitId: target.id, state: 'waiting', sent: 0 });
    await writing.objectStore('bytes').put(bytes, file.id);
    if (file.replaces !== undefined) await drop(writing, file.replaces);
  }
  const command = {
    id: crypto.randomUUID(),
    target,
    kind,
    payload,
    at,
    clockOffsetSeconds: clock.offsetSeconds,
    baseVersion: expectedVersion(await knownVersion(writing, target), own),
    ...(await numbered(writing)),
    state: 'waiting',
    tries: 0,
    refusal: null,
    heldUntil: holdSeconds > 0 ? new Date(Date.parse(at) + holdSeconds * 1000).toISOString() : null,
    files: [...files, ...newFiles.map(promiseOf)],
  } as Pending;
  return { ...command, order: await outbox.add(command) };
}

async function numbered(writing: Writing): Promise<Pick<Pending, 'device' | 'sequence'>> {
  const sequence = ((await keptIn(writing, 'sequence')) ?? 0) + 1;
  await keepIn(writing, 'sequence', sequence);
  return { device: await deviceIn(writing), sequence };
}

/** What is not on this device cannot be changed from it. */
async function knownVersion(writing: Writing, { kind, id }: Target): Promise<number> {
  if (kind === 'technician') return (await keptIn(writing, 'duty'))?.version ?? 0;
  const visit = await visitIn(writing, id);
  if (!visit) throw new Error(`visit ${id} is not on this device`);
  return visit.detail.visit.version;
}

function promiseOf({ id, kind, sha256, size, mediaType, takenAt, signer, item, note, replaces }: NewFile): PromisedFile {
  const promised = { id, kind, sha256, size, media_type: mediaType, taken_at: takenAt, signer, item, note };
  return replaces === undefined ? promised : { ...promised, replaces };
}
