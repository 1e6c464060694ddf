// A table as a file that any table program opens: RFC 4180, decimals with a point, no formulas.

export type Cell = string | number | null;

export function csvOf(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  // What begins like a formula is text; a number is none.
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

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
