// An amount as somebody types it, with a comma or a point, as the server takes it.

/** Undefined for what is no amount: nothing is guessed. */
export function amountOf(typed: string): string | undefined {
  const text = typed.trim().replace(',', '.');
  return /^\d{1,10}(\.\d{1,2})?$/.test(text) ? text : undefined;
}
