// Labels for lifts: the code the technician's phone reads, as a picture of squares.
import encodeQR from 'qr';

/** What the phone takes for a code; see technician/scan/label.ts. */
const READABLE = /^[\w.-]{2,40}$/;
const QUIET = 2;

export const canBeRead = (code: string): boolean => READABLE.test(code);

export interface Squares {
  /** Squares on a side, the quiet edge included. */
  readonly size: number;
  /** Every dark square as one SVG path. */
  readonly path: string;
}

export function squaresOf(code: string): Squares {
  const rows = encodeQR(code, 'raw', { ecc: 'quartile', border: QUIET });
  const path = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return { size: rows.length, path };
}
