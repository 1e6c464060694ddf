// Parts and how many of each, as they are put together on the phone: used, or wanted for next time.

import { type DraftShelf, FormDraft } from '../drafts.svelte.ts';
import { quantityOf } from './catalogue.ts';

export interface Line {
  readonly part: string;
  /** As it was typed. */
  readonly quantity: string;
}

/** What is sent of a line. */
export interface Counted {
  readonly part: string;
  readonly quantity: string;
}

/** The office takes no more in one step. */
export const MOST = 50;

export class PartLines {
  #draft: FormDraft<{ readonly lines: readonly Line[] }>;
  #wasTried = $state(false);

  constructor(shelf: DraftShelf, name: string) {
    this.#draft = new FormDraft(shelf, name, { lines: [] });
  }

  async open(): Promise<void> {
    this.#wasTried = false;
    await this.#draft.open();
  }

  get lines(): readonly Line[] {
    return this.#draft.value.lines;
  }

  /** Nothing was chosen, and somebody tried to go on without. */
  get isMissing(): boolean {
    return this.#wasTried && this.lines.length === 0;
  }

  isWrong({ quantity }: Line): boolean {
    return this.#wasTried && quantityOf(quantity) === undefined;
  }

  /** One more of it, or the first one. */
  add(part: string): void {
    const known = this.lines.find((line) => line.part === part);
    if (known) this.step(part, 1);
    else if (this.lines.length < MOST) this.#draft.change({ lines: [...this.lines, { part, quantity: '1' }] });
  }

  /** One more or one less; the last one gone, the line is gone. */
  step(part: string, by: 1 | -1): void {
    const line = this.lines.find((one) => one.part === part);
    if (!line) return;
    const next = Math.round((Number(quantityOf(line.quantity) ?? 0) + by) * 1000) / 1000;
    if (next > 0) this.count(part, String(next));
    else this.#draft.change({ lines: this.lines.filter((one) => one !== line) });
  }

  count(part: string, quantity: string): void {
    this.#draft.change({ lines: this.lines.map((line) => (line.part === part ? { part, quantity } : line)) });
  }

  /** Those whose quantity can be read. */
  get counted(): Counted[] {
    return this.lines.flatMap(({ part, quantity }) => {
      const read = quantityOf(quantity);
      return read === undefined ? [] : [{ part, quantity: read }];
    });
  }

  /** The lines as they are sent, or undefined while one of them cannot be. */
  finish({ mayBeEmpty = false } = {}): Counted[] | undefined {
    this.#wasTried = true;
    if (this.lines.length === 0 && !mayBeEmpty) return undefined;
    return this.counted.length === this.lines.length ? this.counted : undefined;
  }

  async forget(): Promise<void> {
    await this.#draft.forget();
  }
}
