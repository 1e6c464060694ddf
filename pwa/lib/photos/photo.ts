// From what the camera gave to a picture small enough for a bad net. Drawing it anew leaves behind
// where it was taken and with what.

export const MOST_PHOTOS = 3;
const LONGEST_EDGES = [1280, 960, 640] as const;
const QUALITY = 0.72;
/** What the server takes: characters of base64. */
const LARGEST = 600_000;

/** Base64 of a JPEG; refused where the file is no picture this browser can read. */
export async function photoOf(file: Blob): Promise<string> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    for (const edge of LONGEST_EDGES) {
      const text = await drawn(bitmap, edge);
      if (text.length <= LARGEST) return text;
    }
    throw new Error('the picture could not be made small enough');
  } finally {
    bitmap.close();
  }
}

async function drawn(bitmap: ImageBitmap, edge: number): Promise<string> {
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.getContext('2d')!.drawImage(bitmap, 0, 0, width, height);
  return canvas.toDataURL('image/jpeg', QUALITY).replace(/^.*,/, '');
}
