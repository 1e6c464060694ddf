// Brings the server's word to the phone: everything new since the last cursor.
// The phone's own unsent commands are not touched here.

import { answerOf, type makeClient, type Schemas } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import type { VisitDetail } from './commands.ts';
import type { LeftVisit, Writing } from './database.ts';
import { dropGone, keepIn, keptIn, type Store } from './store.ts';

export type SyncOut = Schemas['SyncOut'];
export type Ask = (cursor: string | undefined) => Promise<SyncOut>;

/** Raised whenever the server tells more than before: what was kept without it is asked for again. */
const SHAPE = 5;

/** More than these of what was taken away nobody reads. */
const LEFT = 20;

/** Asks through the client of a page, or through a worker's own. */
export function asking(client: ReturnType<typeof makeClient>): Ask {
  return (cursor) =>
    answerOf(client.GET('/api/sync', { params: { query: cursor === undefined ? {} : { cursor } } }));
}

export class Pull {
  #store: Store;
  #ask: Ask;
  #running: Promise<Problem | undefined> | undefined;
  #isWantedAgain = false;

  constructor(store: Store, ask: Ask) {
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
      const known = await store.keptUnder('cursor');
      const news = await this.#ask(known?.shape === SHAPE ? known.cursor : undefined);
      await store.write((writing) => merge(writing, news));
      return undefined;
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
  }
}

async function merge(writing: Writing, news: SyncOut): Promise<void> {
  const visits = writing.objectStore('visits');
  const told = new Set(news.visits.map(({ visit }) => visit.id));
  const gone = news.is_full ? (await visits.getAllKeys()).filter((id) => !told.has(id)) : news.gone;
  const left: LeftVisit[] = [];
  for (const id of gone) {
    const known = await visits.get(id);
    if (!known) continue;
    await visits.put({ ...known, isGone: true });
    const why = news.left.find((each) => each.id === id);
    if (why && !known.isGone) left.push(leftVisit(known.detail, why, news.now));
  }
  if (left.length > 0) await keepIn(writing, 'left', [...left, ...((await keptIn(writing, 'left')) ?? [])].slice(0, LEFT));
  for (const detail of news.visits) {
    const known = await visits.get(detail.visit.id);
    // An answer to a command may have overtaken this one.
    if (known && known.detail.visit.version > detail.visit.version) continue;
    await visits.put({ id: detail.visit.id, detail, isGone: false });
  }
  await dropGone(writing);
  await keepIn(writing, 'cursor', { cursor: news.cursor, shape: SHAPE });
  await keepIn(writing, 'syncedAt', news.now);
  await keepIn(writing, 'technicianId', news.technician_id);
  await keepIn(writing, 'shifts', news.shifts);
  if (news.parts) await keepIn(writing, 'parts', news.parts);
  await keepIn(writing, 'duty', news.duty);
  await keepIn(writing, 'location', news.location);
  await keepIn(writing, 'arrival', news.arrival);
  await keepIn(writing, 'office', news.office);
  await keepIn(writing, 'authority', news.authority_eur);
}

function leftVisit({ number, site, visit }: VisitDetail, why: SyncOut['left'][number], toldAt: string): LeftVisit {
  return {
    id: visit.id,
    number,
    siteName: site.name,
    startsAt: visit.starts_at,
    zone: site.zone,
    reason: why.reason,
    toFirstName: why.to_first_name,
    toldAt,
  };
}
