// Labels for lifts: the code the technician's phone reads, as a picture of squares.
import encodeQR from 'qr';
import type { LanguageTag } from '../../lib/i18n/index.ts';

/** What the phone takes for a code; see technician/scan/label.ts. */
const READABLE = /^[\w.-]{2,40}$/;
const QUIET = 2;

/** Whoever stands in the lift is asked in their own words, whatever is spoken in the office. */
export const invitations: Record<LanguageTag, string> = {
  en: 'Fault? Scan and report',
  fr: 'Une panne\u00a0? Scannez',
  es: '¿Avería? Escanee aquí',
  nl: 'Storing? Scan en meld',
};

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
