// Finding among rows that are here already, whatever their accents and capitals.

function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** Whether every word stands somewhere in these texts. */
export function found(words: string, ...texts: readonly string[]): boolean {
  const text = folded(texts.join(' '));
  return folded(words).split(/\s+/).every((word) => text.includes(word));
}
