// Positions as people type them: degrees north and east, by point or comma.
export interface Position {
  readonly lat: number;
  readonly lon: number;
}

const WRITTEN = /^\s*(-?\d+(?:[.,]\d+)?)\s*[,;\s]\s*(-?\d+(?:[.,]\d+)?)\s*$/;

/** `42.50631, 1.52184` */
export function positionText({ lat, lon }: Position): string {
  return `${fine(lat)}, ${fine(lon)}`;
}

/** Undefined where it is no place on earth. */
export function positionIn(text: string): Position | undefined {
  const [, north, east] = WRITTEN.exec(text) ?? [];
  if (north === undefined || east === undefined) return undefined;
  const [lat, lon] = [north, east].map((written) => Number(written.replace(',', '.'))) as [number, number];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : undefined;
}

/** One position a line; undefined at the first line that is none. */
export function positionsIn(text: string): Position[] | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const read = lines.map(positionIn);
  return read.every((each) => each !== undefined) ? read : undefined;
}

/** A centimetre is as fine as anybody can point. */
function fine(degrees: number): number {
  return Number(degrees.toFixed(6));
}
