// Draws thick polylines into a PNG with nothing but zlib, so that icons need no native image tool.
// What the mark looks like is in icons.ts.

import { deflateSync } from 'node:zlib';

export type Point = readonly [x: number, y: number];
export type Rgb = readonly [red: number, green: number, blue: number];

export interface Drawing {
  readonly size: number;
  readonly paper: Rgb;
  readonly ink: Rgb;
  /** Polylines in units of the whole side, 0 to 1. */
  readonly lines: readonly (readonly Point[])[];
  readonly stroke: number;
}

/** The drawing as PNG bytes, 8 bits per channel, edges smoothed over one pixel. */
export function png(drawing: Drawing): Buffer {
  const { size } = drawing;
  const row = 1 + size * 3;
  const pixels = Buffer.alloc(row * size);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) pixels.set(colourAt(drawing, x, y), y * row + 1 + x * 3);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function colourAt(drawing: Drawing, x: number, y: number): Rgb {
  const at: Point = [(x + 0.5) / drawing.size, (y + 0.5) / drawing.size];
  let distance = Infinity;
  for (const line of drawing.lines)
    for (let i = 1; i < line.length; i++)
      distance = Math.min(distance, distanceTo(at, line[i - 1]!, line[i]!));
  const cover = Math.min(1, Math.max(0, (drawing.stroke / 2 - distance) * drawing.size + 0.5));
  const mix = (paper: number, ink: number): number => Math.round(paper + (ink - paper) * cover);
  return [
    mix(drawing.paper[0], drawing.ink[0]),
    mix(drawing.paper[1], drawing.ink[1]),
    mix(drawing.paper[2], drawing.ink[2]),
  ];
}

function distanceTo([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(checksum(body), body.length + 4);
  return framed;
}

function checksum(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return (value ^ 0xffffffff) >>> 0;
}
