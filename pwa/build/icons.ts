// The mark as icons: a landing with a way up above it and a way down below.
// The same mark inside pages is lib/ui/Mark.svelte.

import { png, type Point, type Rgb } from './raster.ts';

const accent: Rgb = [0x0b, 0x5c, 0x63];
const white: Rgb = [0xff, 0xff, 0xff];

const mark: readonly (readonly Point[])[] = [
  [[0.2, 0.5], [0.8, 0.5]],
  [[0.36, 0.34], [0.5, 0.2], [0.64, 0.34]],
  [[0.36, 0.66], [0.5, 0.8], [0.64, 0.66]],
];

export const iconFiles = ['icon-180.png', 'icon-192.png', 'icon-512.png', 'icon-maskable.png'];

/** Launchers cut maskable icons to a circle of 80 %, so there the mark keeps to the middle. */
export function icon(size: number, scale: number): Buffer {
  const fit = ([x, y]: Point): Point => [0.5 + (x - 0.5) * scale, 0.5 + (y - 0.5) * scale];
  return png({
    size,
    paper: accent,
    ink: white,
    lines: mark.map((line) => line.map(fit)),
    stroke: 0.08 * scale,
  });
}

export function icons(): Record<string, Buffer | string> {
  return {
    'icon.svg': iconSvg(),
    'icon-180.png': icon(180, 0.95),
    'icon-192.png': icon(192, 0.95),
    'icon-512.png': icon(512, 0.95),
    'icon-maskable.png': icon(512, 0.75),
  };
}

function iconSvg(): string {
  const path = mark
    .map((line) => 'M' + line.map(([x, y]) => `${+(x * 64).toFixed(2)} ${+(y * 64).toFixed(2)}`).join('L'))
    .join('');
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">' +
    '<rect width="64" height="64" rx="12" fill="#0b5c63"/>' +
    `<path d="${path}" fill="none" stroke="#fff" stroke-width="5.5" stroke-linecap="round" ` +
    'stroke-linejoin="round"/></svg>\n'
  );
}
