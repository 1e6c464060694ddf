// What colleagues changed a moment ago, so that a card can say so while it is news.
import type { Change } from '../../lib/api/index.ts';

export interface RecentChange {
  readonly name: string;
  /** Milliseconds, by the server's clock. */
  readonly at: number;
}

/** Longer ago than this it is no news any more. */
export const NEWS_MS = 60_000;

/** The server's own doing: nobody's hand, and told in other places. */
const NOBODYS: ReadonlySet<string> = new Set(['clock_at_risk', 'breach_predicted']);

export class RecentChanges {
  #changes = $state.raw<ReadonlyMap<string, RecentChange>>(new Map());
  readonly #self: () => string;

  /** `self` is who looks at this page: one's own changes are no news. */
  constructor(self: () => string) {
    this.#self = self;
  }

  heard({ intervention_id: id, actor_name: name, at, kind, data }: Change): void {
    if (id === null || name === '' || name === this.#self() || NOBODYS.has(kind)) return;
    const now = Date.parse(at);
    const changes = new Map([...this.#changes].filter(([, one]) => now - one.at < NEWS_MS));
    // What is merged or tied changes the other one too.
    for (const each of [id, data['other_id']]) {
      if (typeof each === 'string') changes.set(each, { name, at: now });
    }
    this.#changes = changes;
  }

  /** The colleague who changed it within the last minute, as of now. */
  of(intervention: string, now: number): RecentChange | null {
    const found = this.#changes.get(intervention);
    return found !== undefined && now - found.at < NEWS_MS ? found : null;
  }

  /** Whether a colleague has changed it since an instant. */
  since(intervention: string, instant: number): RecentChange | null {
    const found = this.#changes.get(intervention);
    return found !== undefined && found.at > instant ? found : null;
  }
}
