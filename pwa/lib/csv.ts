// A table as a file that the reader's table program opens: RFC 4180, no formulas. Where decimals
// have a comma, semicolons part the fields, as such programs expect there.
import { number } from './i18n/index.ts';

export type Cell = string | number | null;

export function csvOf(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const mark = number(0.5).charAt(1);
  const between = mark === ',' ? ';' : ',';
  const field = (cell: Cell): string => quoted(written(cell, mark), between);
  return [columns, ...rows].map((row) => `${row.map(field).join(between)}\r\n`).join('');
}

function written(cell: Cell, mark: string): string {
  const text = String(cell ?? '');
  if (/^-?\d+\.\d+$/.test(text)) return text.replace('.', mark);
  // What begins like a formula is text; a number is none.
  return /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
}

const quoted = (text: string, between: string): string =>
  /["\r\n]/.test(text) || text.includes(between) ? `"${text.replaceAll('"', '""')}"` : text;

/** Offers it as a download; the mark at its start tells table programs that it is UTF-8. */
export function download(name: string, text: string): void {
  offer(`${name}.csv`, new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }));
}

/** Offers a document for programs. */
export function downloadJson(name: string, value: unknown): void {
  offer(`${name}.json`, new Blob([JSON.stringify(value, null, 1)], { type: 'application/json' }));
}

function offer(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
