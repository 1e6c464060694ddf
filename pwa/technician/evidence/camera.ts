// From what the camera or the gallery gave to a picture worth sending: upright, small, without a
// word about where it was taken. Drawing it anew leaves all of that behind.

import type { FileDraft } from '../../lib/offline/attaching.ts';

const LONGEST_EDGE = 1600;
const QUALITY = 0.8;
/** Below this much free storage no photo is begun: it could not be kept. */
const ROOM = 20_000_000;

/** Whether this phone has room for another photo, as far as it says. */
export async function hasRoom(storage: Pick<StorageManager, 'estimate'> | undefined = navigator.storage): Promise<boolean> {
  const { quota, usage } = (await storage?.estimate?.()) ?? {};
  return quota === undefined || usage === undefined || quota - usage >= ROOM;
}

/** Refused with whatever the browser says where the file is no picture it can read. */
export async function pictureOf(file: File, now: () => number = Date.now): Promise<FileDraft> {
  // The file is as old as the picture; a clock that was set meanwhile makes nothing of the future.
  const takenAt = new Date(Math.min(file.lastModified, now())).toISOString();
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    const { width, height } = fitted(bitmap);
    const blob = await drawn(bitmap, width, height);
    return { kind: 'photo', bytes: await blob.arrayBuffer(), mediaType: 'image/jpeg', takenAt };
  } finally {
    bitmap.close();
  }
}

/** No edge longer than 1600 pixels, and never larger than it was. */
export function fitted({ width, height }: { width: number; height: number }): { width: number; height: number } {
  const scale = Math.min(1, LONGEST_EDGE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

async function drawn(bitmap: ImageBitmap, width: number, height: number): Promise<Blob> {
  if (typeof OffscreenCanvas !== 'undefined') {
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')!.drawImage(bitmap, 0, 0, width, height);
    return canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
  }
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.getContext('2d')!.drawImage(bitmap, 0, 0, width, height);
  return blobOf(canvas, 'image/jpeg');
}

export function blobOf(canvas: HTMLCanvasElement, type: string): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const keep = (blob: Blob | null): void => (blob ? resolve(blob) : reject(new Error('the picture could not be drawn')));
    canvas.toBlob(keep, type, QUALITY);
  });
}
