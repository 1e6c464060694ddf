// An amount promised to the customer, and for what. Kept while unfinished.

import type { CommandPayload } from '../../lib/offline/commands.ts';
import { type DraftShelf, FormDraft } from '../drafts.svelte.ts';

export type Promised = NonNullable<CommandPayload['goodwill']> & { readonly amount_eur: string };

export class Goodwill {
  #draft: FormDraft<{ readonly amount: string; readonly reason: string }>;
  #wasTried = $state(false);

  constructor(shelf: DraftShelf, visitId: string) {
    this.#draft = new FormDraft(shelf, `goodwill:${visitId}`, { amount: '', reason: '' });
  }

  async open(): Promise<void> {
    this.#wasTried = false;
    await this.#draft.open();
  }

  /** As it was typed. */
  get amount(): string {
    return this.#draft.value.amount;
  }

  set amount(amount: string) {
    this.#draft.change({ amount });
  }

  get reason(): string {
    return this.#draft.value.reason;
  }

  set reason(reason: string) {
    this.#draft.change({ reason });
  }

  /** EUR as it is sent, typed with a point or a comma; undefined where it is none. */
  get euros(): string | undefined {
    const written = this.amount.trim().replace(',', '.');
    return /^\d{1,6}(\.\d{1,2})?$/.test(written) && Number(written) > 0 ? written : undefined;
  }

  /** What is still needed, named only once somebody tried to go on without it. */
  get missing(): readonly ('amount' | 'reason')[] {
    if (!this.#wasTried) return [];
    return [
      ...(this.euros === undefined ? (['amount'] as const) : []),
      ...(this.reason.trim() === '' ? (['reason'] as const) : []),
    ];
  }

  /** The promise as it is sent, or undefined while something is missing. */
  finish(): Promised | undefined {
    this.#wasTried = true;
    const amount_eur = this.euros;
    if (amount_eur === undefined || this.missing.length > 0) return undefined;
    return { amount_eur, reason: this.reason.trim() };
  }

  async forget(): Promise<void> {
    await this.#draft.forget();
  }
}
