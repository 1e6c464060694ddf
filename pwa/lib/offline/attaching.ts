// What a camera or a pen left becomes a file that can be promised: named, measured and hashed.
// It is stored with its command in writing.ts.

import { sha256 } from './files/hash.ts';
import type { NewFile } from './writing.ts';

export interface FileDraft extends Partial<Pick<NewFile, 'signer' | 'item' | 'note' | 'replaces'>> {
  readonly kind: NewFile['kind'];
  readonly bytes: ArrayBuffer;
  readonly mediaType: string;
  /** By this device's own clock, ISO. */
  readonly takenAt: string;
}

export async function finished({ bytes, ...draft }: FileDraft): Promise<NewFile> {
  return {
    id: crypto.randomUUID(),
    signer: '',
    item: null,
    note: '',
    ...draft,
    bytes,
    size: bytes.byteLength,
    sha256: await sha256(bytes),
  };
}
