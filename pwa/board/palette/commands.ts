// What the palette (Ctrl+K) offers: each part of the board adds its rows, asked for when it opens.
// Nothing is drawn here.

export interface PaletteCommand {
  readonly id: string;
  /** What it does, in the reader's language. */
  readonly words: string;
  /** What else it is found by: a number, an address. */
  readonly also?: string;
  /** The key that does the same, as it is written on the key. */
  readonly keys?: string;
  readonly run: () => unknown;
}

/** Gives the rows that make sense now; asked each time the palette opens. */
export type PaletteSource = () => readonly PaletteCommand[];

export class Palette {
  readonly #sources = new Set<PaletteSource>();

  /** Adds rows; the answer takes them away again. Sources added first are shown first. */
  add(source: PaletteSource): () => void {
    this.#sources.add(source);
    return () => this.#sources.delete(source);
  }

  all(): PaletteCommand[] {
    return [...this.#sources].flatMap((source) => source());
  }
}

export const palette = new Palette();

/** The rows that hold every word of the question, those that begin with it first. */
export function matching(commands: readonly PaletteCommand[], question: string): PaletteCommand[] {
  const words = plain(question).split(/\s+/).filter(Boolean);
  const found = commands.filter((one) => {
    const text = plain(`${one.words} ${one.also ?? ''}`);
    return words.every((word) => text.includes(word));
  });
  const first = plain(question).trim();
  return found.sort((one, other) => begins(other, first) - begins(one, first));
}

function begins({ words }: PaletteCommand, first: string): number {
  return first !== '' && plain(words).startsWith(first) ? 1 : 0;
}

/** Without case and accents: nobody types those in a hurry. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
}
