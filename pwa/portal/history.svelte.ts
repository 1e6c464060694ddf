// One site's interventions, newest first, a page at a time.

import { Problem } from '../lib/api/index.ts';
import type { Face } from '../lib/ui/Faces.svelte';
import { faceOf } from '../lib/ui/problems.ts';
import { coalesced } from './coalesced.ts';
import type { Gateway } from './gateway.ts';
import type { Intervention } from './wire.ts';

export class History {
  readonly siteId: string;
  readonly refresh: () => Promise<void>;
  #gateway: Pick<Gateway, 'interventions'>;
  #items = $state.raw<Intervention[]>();
  #nextCursor = $state<string>();
  #problem = $state.raw<Problem>();
  #isLoadingMore = $state(false);

  constructor(siteId: string, gateway: Pick<Gateway, 'interventions'>) {
    this.siteId = siteId;
    this.#gateway = gateway;
    this.refresh = coalesced(() => this.#loadFirst());
  }

  get face(): Face {
    if (this.#items) return this.past.length === 0 ? 'empty' : 'ready';
    if (!this.#problem) return 'loading';
    return faceOf(this.#problem);
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** What is over; what is open is told where the lift is. */
  get past(): readonly Intervention[] {
    return (this.#items ?? []).filter((item) => !item.is_open);
  }

  get hasMore(): boolean {
    return this.#nextCursor !== undefined;
  }

  get isLoadingMore(): boolean {
    return this.#isLoadingMore;
  }

  async loadMore(): Promise<void> {
    if (this.#nextCursor === undefined || this.#isLoadingMore) return;
    this.#isLoadingMore = true;
    try {
      const page = await this.#gateway.interventions(this.siteId, this.#nextCursor);
      this.#items = withoutRepeats([...(this.#items ?? []), ...page.items]);
      this.#nextCursor = page.next_cursor ?? undefined;
    } catch (error) {
      this.#problem = Problem.from(error);
    } finally {
      this.#isLoadingMore = false;
    }
  }

  /** Fresh answers replace what they repeat; older pages already read stay. */
  async #loadFirst(): Promise<void> {
    try {
      const page = await this.#gateway.interventions(this.siteId);
      const isFirst = this.#items === undefined;
      this.#items = withoutRepeats([...page.items, ...(this.#items ?? [])]);
      if (isFirst) this.#nextCursor = page.next_cursor ?? undefined;
      this.#problem = undefined;
    } catch (error) {
      this.#problem = Problem.from(error);
    }
  }
}

function withoutRepeats(items: readonly Intervention[]): Intervention[] {
  const seen = new Set<string>();
  return items.filter(({ id }) => !seen.has(id) && seen.add(id));
}
