// What is promised at one site, service by service; kept on this device for a look without network.
// The sentences are in sentences/card.ts.

import { Problem } from '../lib/api/index.ts';
import type { Face } from '../lib/ui/Faces.svelte';
import { faceOf } from '../lib/ui/problems.ts';
import { coalesced } from './coalesced.ts';
import type { Gateway } from './gateway.ts';
import type { Card } from './wire.ts';

/** Where the cards of a site are kept. */
export interface CardStore {
  readCards(siteId: string): Promise<Card[] | undefined>;
  writeCards(siteId: string, cards: Card[]): Promise<void>;
}

export interface CardParts {
  readonly gateway: Pick<Gateway, 'cards'>;
  readonly store: CardStore;
}

export class PromiseCards {
  readonly siteId: string;
  readonly refresh: () => Promise<void>;
  #parts: CardParts;
  #cards = $state.raw<readonly Card[]>();
  #problem = $state.raw<Problem>();

  constructor(siteId: string, parts: CardParts) {
    this.siteId = siteId;
    this.#parts = parts;
    this.refresh = coalesced(() => this.#load());
  }

  get face(): Face {
    if (this.#cards) return this.#cards.length === 0 ? 'empty' : 'ready';
    return this.#problem ? faceOf(this.#problem) : 'loading';
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  get cards(): readonly Card[] {
    return this.#cards ?? [];
  }

  async #load(): Promise<void> {
    const { gateway, store } = this.#parts;
    try {
      const cards = await gateway.cards(this.siteId);
      this.#cards = cards;
      this.#problem = undefined;
      await store.writeCards(this.siteId, cards).catch(() => undefined);
    } catch (error) {
      this.#cards ??= await store.readCards(this.siteId).catch(() => undefined);
      this.#problem = Problem.from(error);
    }
  }
}
