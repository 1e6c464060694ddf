// What a camera or a pen left becomes a file that can be promised: named, measured and hashed.
// It is stored with its command in writing.ts.

import type { NewFile } from './writing.ts';

export interface FileDraft extends Partial<Pick<NewFile, 'signer' | 'item' | 'note'>> {
  readonly kind: NewFile['kind'];
  readonly bytes: ArrayBuffer;
  readonly mediaType: string;
  /** By this device's own clock, ISO. */
  readonly takenAt: string;
}

export async function finished({ bytes, ...draft }: FileDraft): Promise<NewFile> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return {
    id: crypto.randomUUID(),
    signer: '',
    item: null,
    note: '',
    ...draft,
    bytes,
    size: bytes.byteLength,
    sha256: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
  };
}
