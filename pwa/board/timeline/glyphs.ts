// The drawings of bars as masks: a bar then needs no element for its signs.
import type { VisitStatus } from '../wire.ts';

/** The state of a visit, on a square of 16. */
export const STATUS_PATHS: Record<VisitStatus, string> = {
  proposed: 'M3 8h2M7 8h2M11 8h2',
  dispatched: 'M2.5 8h10M8.5 4l4 4-4 4',
  accepted: 'M8 7.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4ZM2.5 14c.4-6 10.6-6 11 0',
  en_route: 'M2 4l4 4-4 4M8 4l4 4-4 4',
  arrived: 'M8 14s5-4.6 5-8A5 5 0 0 0 3 6c0 3.4 5 8 5 8Z',
  in_progress: 'M5 3l8 5-8 5Z',
  paused: 'M5 3v10M11 3v10',
  completed: 'M3 8.5l3.5 4L13 4',
  partially_completed: 'M2.5 13.5 13.5 2.5M3 3h4v4H3Z',
  cannot_complete: 'M3 3l10 10M13 3 3 13',
  declined: 'M3 3l10 10M13 3 3 13',
  unassigned: 'M3 8h10',
  cancelled: 'M3 8h10',
};

export function isFilled(status: VisitStatus): boolean {
  return status === 'in_progress';
}

const SIGNS = {
  late: drawn('M3 3l10 10M13 3 3 13', 'none', 3),
  at_risk: drawn('M8 1.5 15.5 14.5H.5Z', '#000', 0),
  trapped: drawn('M8 .5 15.5 8 8 15.5.5 8Z', '#000', 0),
  locked: drawn('M3.5 7.5h9v6.5h-9ZM5.5 7V5a2.5 2.5 0 0 1 5 0v2', 'none', 2),
} as const;

/** Every drawing as a custom property, for the style of the timeline: `--glyph-…` and `--sign-…`. */
export const GLYPHS: string = [
  ...Object.entries(STATUS_PATHS).map(
    ([status, path]) =>
      `--glyph-${status}:${drawn(path, isFilled(status as VisitStatus) ? '#000' : 'none', 2)}`,
  ),
  ...Object.entries(SIGNS).map(([sign, image]) => `--sign-${sign}:${image}`),
].join(';');

function drawn(path: string, fill: string, stroke: number): string {
  const look = `fill='${fill}' stroke='#000' stroke-width='${stroke}' stroke-linecap='round' stroke-linejoin='round'`;
  const image = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><path d='${path}' ${look}/></svg>`;
  return `url("data:image/svg+xml,${encodeURIComponent(image)}")`;
}
