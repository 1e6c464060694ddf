// Brings the server's word to the phone: everything new since the last cursor.
// The phone's own unsent commands are not touched here.

import { answerOf, api, type Schemas } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import type { Store } from './store.ts';

export type SyncOut = Schemas['SyncOut'];
export type Ask = (cursor: string | undefined) => Promise<SyncOut>;

export const askServer: Ask = (cursor) =>
  answerOf(api.GET('/api/sync', { params: { query: cursor === undefined ? {} : { cursor } } }));

export class Pull {
  #store: Store;
  #ask: Ask;
  #running: Promise<Problem | undefined> | undefined;
  #isWantedAgain = false;

  constructor(store: Store, ask: Ask = askServer) {
    this.#store = store;
    this.#ask = ask;
  }

  /** Fetches and stores what is new. Returns what went wrong, if anything; the store is unharmed. */
  async run(): Promise<Problem | undefined> {
    // A wish that comes while one is under way may be about something newer: ask once more after.
    if (this.#running) {
      this.#isWantedAgain = true;
      return this.#running;
    }
    this.#running = this.#untilQuiet();
    try {
      return await this.#running;
    } finally {
      this.#running = undefined;
    }
  }

  async #untilQuiet(): Promise<Problem | undefined> {
    for (;;) {
      this.#isWantedAgain = false;
      const problem = await this.#once();
      if (problem || !this.#isWantedAgain) return problem;
    }
  }

  async #once(): Promise<Problem | undefined> {
    const store = this.#store;
    try {
      const cursor = await store.safely(() => store.keptUnder('cursor'));
      const news = await this.#ask(cursor);
      await store.safely(() => merge(store, news));
      return undefined;
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
  }
}

async function merge(store: Store, news: SyncOut): Promise<void> {
  await store.transaction('rw', store.visits, store.outbox, store.kept, async () => {
    const told = new Set(news.visits.map(({ visit }) => visit.id));
    const gone = news.is_full
      ? (await store.visits.toCollection().primaryKeys()).filter((id) => !told.has(id))
      : news.gone;
    for (const id of gone) await store.visits.update(id, { isGone: true });
    for (const detail of news.visits) {
      const known = await store.visits.get(detail.visit.id);
      // An answer to a command may have overtaken this one.
      if (known && known.detail.visit.version > detail.visit.version) continue;
      await store.visits.put({ id: detail.visit.id, detail, isGone: false });
    }
    await store.dropGone();
    await store.keep('cursor', news.cursor);
    await store.keep('syncedAt', news.now);
    await store.keep('shifts', news.shifts);
  });
}
