// Numbers as typed in a form. What is no number goes out as typed, so that the server can say so.

export type Unit = 'min' | 'h';

export interface Amount {
  amount: string;
  unit: Unit;
}

/** Seconds as somebody would write them; empty for none. */
export function amountOf(seconds: number | null | undefined): Amount {
  if (seconds === null || seconds === undefined) return { amount: '', unit: 'h' };
  if (seconds % 1800 === 0 && seconds >= 3600) return { amount: String(seconds / 3600), unit: 'h' };
  return { amount: String(seconds / 60), unit: 'min' };
}

export function secondsOf({ amount, unit }: Amount): number | null {
  const value = numberOf(amount);
  if (typeof value !== 'number') return value;
  return Math.round(value * (unit === 'h' ? 3600 : 60));
}

/** The number typed, null for nothing; a decimal comma is one. */
export function numberOf(typed: string): number | null {
  const text = typed.trim();
  if (text === '') return null;
  const value = Number(text.replace(',', '.'));
  return Number.isFinite(value) ? value : (text as unknown as number);
}

/** An exact decimal stays the text it is. */
export function decimalOf(typed: string): string | null {
  const text = typed.trim().replace(',', '.');
  return text === '' ? null : text;
}

/** Minutes after midnight of `9:30`. */
export function minutesOf(typed: string): number | null {
  const text = typed.trim();
  if (text === '') return null;
  const found = /^(\d{1,2})[:.h](\d{2})$/.exec(text);
  return found === null ? (text as unknown as number) : Number(found[1]) * 60 + Number(found[2]);
}

/** Minutes after midnight at which something ends: midnight ends the day. */
export function endMinutesOf(typed: string): number | null {
  const minutes = minutesOf(typed);
  return minutes === 0 ? 1440 : minutes;
}

export function textOf(value: number | string | null | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

/** One item per line, empty lines left out. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}
