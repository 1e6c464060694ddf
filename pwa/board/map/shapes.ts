// The shapes of trouble as small pictures for the map: ◆ ✖ ▲ ●, filled while nobody is sent.
import { palettes } from './palette.ts';

const SIZE = 44;
/** Two device pixels per map pixel, so that shapes stay crisp. */
export const PIXEL_RATIO = 2;

/** The picture named `S2-waiting-dark`; null for a name that is none of ours. */
export function shapeNamed(name: string): ImageData | null {
  const [severity, trouble, theme] = name.split('-');
  const draw = PATHS[severity ?? ''];
  if (draw === undefined || (theme !== 'light' && theme !== 'dark')) return null;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIZE;
  const pen = canvas.getContext('2d');
  if (pen === null) return null;
  const colours = palettes[theme];
  const colour = severity === 'S1' || severity === 'S2' ? colours.late : colours.risk;
  disc(pen, trouble === 'waiting' ? colour : colours.halo, colour);
  pen.strokeStyle = pen.fillStyle = trouble === 'waiting' ? colours.halo : colour;
  pen.lineWidth = 5;
  pen.lineCap = 'round';
  draw(pen);
  return pen.getImageData(0, 0, SIZE, SIZE);
}

function disc(pen: CanvasRenderingContext2D, fill: string, stroke: string): void {
  pen.beginPath();
  pen.arc(SIZE / 2, SIZE / 2, SIZE / 2 - 3, 0, 2 * Math.PI);
  pen.fillStyle = fill;
  pen.fill();
  pen.strokeStyle = stroke;
  pen.lineWidth = 4;
  pen.stroke();
}

type Draw = (pen: CanvasRenderingContext2D) => void;

const PATHS: Record<string, Draw> = {
  S1: (pen) => polygon(pen, [22, 10, 34, 22, 22, 34, 10, 22]),
  S2: (pen) => {
    pen.beginPath();
    pen.moveTo(15, 15);
    pen.lineTo(29, 29);
    pen.moveTo(29, 15);
    pen.lineTo(15, 29);
    pen.stroke();
  },
  S3: (pen) => polygon(pen, [22, 11, 32, 30, 12, 30]),
  S4: (pen) => {
    pen.beginPath();
    pen.arc(22, 22, 7, 0, 2 * Math.PI);
    pen.fill();
  },
};

function polygon(pen: CanvasRenderingContext2D, corners: readonly number[]): void {
  pen.beginPath();
  for (let at = 0; at < corners.length; at += 2) pen.lineTo(corners[at] ?? 0, corners[at + 1] ?? 0);
  pen.closePath();
  pen.fill();
}
