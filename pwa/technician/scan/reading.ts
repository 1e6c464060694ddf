// Reads what a camera sees: by the browser's own detector where it has one, else by our own.

import decodeQR from 'qr/decode.js';

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

export type Read = (video: HTMLVideoElement) => Promise<string | undefined>;

interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}

interface DetectorKind {
  new (options: { formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** What the label in a picture says; undefined where there is none to be read. */
export function decoded({ width, height, data }: Picture): string | undefined {
  try {
    return decodeQR({ width, height, data });
  } catch {
    return undefined;
  }
}

export async function reader(): Promise<Read> {
  const { BarcodeDetector: kind } = globalThis as { BarcodeDetector?: DetectorKind };
  // A phone without the model for it has the class, but no formats.
  const formats = (await kind?.getSupportedFormats().catch(() => undefined)) ?? [];
  if (kind && formats.includes('qr_code')) {
    const detector = new kind({ formats: ['qr_code'] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }
  const canvas = document.createElement('canvas');
  const drawing = canvas.getContext('2d', { willReadFrequently: true });
  return async (video) => (drawing ? decoded(drawn(video, canvas, drawing)) : undefined);
}

/** A label fills a good part of the picture: more than this only takes longer. */
const LONGEST = 800;

function drawn(video: HTMLVideoElement, canvas: HTMLCanvasElement, drawing: CanvasRenderingContext2D): Picture {
  const scale = Math.min(1, LONGEST / Math.max(video.videoWidth, video.videoHeight));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  drawing.drawImage(video, 0, 0, canvas.width, canvas.height);
  return drawing.getImageData(0, 0, canvas.width, canvas.height);
}
