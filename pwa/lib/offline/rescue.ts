// Everything unsent as one file, for a phone that cannot send it: the office reads it in with the
// same ids, so nothing counts twice. Which commands there are is in commands.ts.

import { version as app } from '../../package.json';
import { bodyOf, type CommandBody, type Pending, type Target } from './commands.ts';
import type { Reading, StoredFile } from './database.ts';
import { pendingIn, type Store, StorageFailure } from './store.ts';

interface RescuedCommand {
  readonly target: Target;
  readonly state: Pending['state'];
  readonly command: CommandBody;
}

interface RescuedFile extends StoredFile {
  /** Base64; null where the phone lost it. */
  readonly bytes: string | null;
}

export interface Rescued {
  readonly kind: 'palier-rescue';
  readonly version: 1;
  readonly app: string;
  readonly account: string;
  /** By this device's own clock, ISO. */
  readonly saved_at: string;
  readonly commands: readonly RescuedCommand[];
  readonly files: readonly RescuedFile[];
}

/** `shown` is what the page holds: all there is where the storage can no longer be read. */
export async function rescue(store: Store, shown: readonly Pending[]): Promise<Rescued> {
  const { pending, files } = await found(store, shown);
  return {
    kind: 'palier-rescue',
    version: 1,
    app,
    account: store.account,
    saved_at: new Date().toISOString(),
    commands: pending.map((item) => ({ target: item.target, state: item.state, command: bodyOf(item) })),
    files: files.map(({ bytes, ...file }) => ({ ...file, bytes: bytes ? base64(bytes) : null })),
  };
}

interface Found {
  readonly pending: readonly Pending[];
  readonly files: readonly (StoredFile & { readonly bytes: ArrayBuffer | undefined })[];
}

async function found(store: Store, shown: readonly Pending[]): Promise<Found> {
  try {
    return await store.read(everything);
  } catch (error) {
    if (!(error instanceof StorageFailure)) throw error;
    return { pending: shown, files: [] };
  }
}

async function everything(reading: Reading): Promise<Found> {
  const files = await reading.objectStore('files').getAll();
  const bytes = await Promise.all(files.map(({ id }) => reading.objectStore('bytes').get(id)));
  return {
    pending: await pendingIn(reading),
    files: files.map((file, index) => ({ ...file, bytes: bytes[index] })),
  };
}

/** In pieces: a whole photo is too many arguments for one call. */
function base64(bytes: ArrayBuffer): string {
  const all = new Uint8Array(bytes);
  let text = '';
  for (let start = 0; start < all.length; start += 0x8000)
    text += String.fromCharCode(...all.subarray(start, start + 0x8000));
  return btoa(text);
}
