// Photos and signatures on this phone: which of them goes next, and what the server's word changes.
// Sending them is uploader.ts; they were stored with the command that promises them in writing.ts.

import type { Pending } from '../commands.ts';
import type { Reading, StoredFile, Writing } from '../database.ts';
import { dropGone, pendingIn } from '../store.ts';

/** How much of a file the server has, and what became of it. */
export interface FileStatus {
  readonly received_size: number;
  readonly state: 'promised' | 'received' | 'refused' | 'waived';
}

/** The oldest file that may go: its command has been sent before it. */
export async function nextFile(reading: Reading, passed: ReadonlySet<string>): Promise<StoredFile | undefined> {
  const [files, pending] = await Promise.all([filesIn(reading), pendingIn(reading)]);
  const early = new Set(pending.filter(({ state }) => state === 'waiting').flatMap(namedIn));
  return files
    .filter(({ id, state }) => state === 'waiting' && !early.has(id) && !passed.has(id))
    .sort((one, other) => Date.parse(one.takenAt) - Date.parse(other.takenAt))[0];
}

/** Whether a command that names it still waits here for the technician's decision. */
export async function isNamed(reading: Reading, id: string): Promise<boolean> {
  return (await pendingIn(reading)).flatMap(namedIn).includes(id);
}

export async function filesIn(reading: Reading): Promise<StoredFile[]> {
  return reading.objectStore('files').getAll();
}

/** Stores the server's word on a file. Only what it says it has is deleted here. */
export async function learn(writing: Writing, id: string, { state, received_size }: FileStatus): Promise<void> {
  if (state === 'received') return drop(writing, id);
  const known = await writing.objectStore('files').get(id);
  if (!known) return;
  const isUnreadable = state === 'refused' || (state === 'waived' && received_size >= known.size);
  await writing.objectStore('files').put({ ...known, sent: received_size, state: isUnreadable ? 'refused' : 'waiting' });
}

/** From here on it waits for the technician. */
export async function refuse(writing: Writing, id: string): Promise<void> {
  const known = await writing.objectStore('files').get(id);
  if (known) await writing.objectStore('files').put({ ...known, state: 'refused' });
}

export async function drop(writing: Writing, id: string): Promise<void> {
  await writing.objectStore('files').delete(id);
  await writing.objectStore('bytes').delete(id);
  await dropGone(writing);
}

function namedIn({ files }: Pending): string[] {
  return files.map(({ id }) => id);
}
