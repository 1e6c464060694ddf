// How a day was: asked once a day after the first visit is over, kept here until it is sent, sent once.

import { answerOf, api, type Schemas } from '../../lib/api/index.ts';
import { Problem } from '../../lib/api/problem.ts';
import type { DraftShelf } from '../drafts.svelte.ts';

type Said = Schemas['PulseBody'];
type Kept = { readonly day: string; readonly unsent: readonly (Said & { readonly key: string })[] };

export const reasons = ['travel', 'parts', 'time', 'access', 'planning', 'nothing'] as const satisfies readonly Said['weighs'][];

const post = ({ key, ...body }: Kept['unsent'][number]): Promise<unknown> =>
  answerOf(api.POST('/api/pulse', { body, headers: { 'Idempotency-Key': key } }));

export class Pulse {
  #shelf: DraftShelf;
  #post: typeof post;
  #kept = $state.raw<Kept>();
  #isBusy = false;

  constructor(shelf: DraftShelf, send = post) {
    this.#shelf = shelf;
    this.#post = send;
  }

  /** Whether that day has not been told of on this phone. */
  asks(day: string): boolean {
    return this.#kept !== undefined && this.#kept.day !== day;
  }

  async open(): Promise<void> {
    this.#kept = (await this.#shelf.draft<Kept>('pulse')) ?? { day: '', unsent: [] };
    await this.send();
  }

  async say(day: string, score: number, weighs: Said['weighs']): Promise<void> {
    await this.#keep({ day, unsent: [...this.#kept!.unsent, { day, score, weighs, key: crypto.randomUUID() }] });
    await this.send();
  }

  /** What the server will not have is let go of; without a connection it waits. */
  async send(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    while (this.#kept?.unsent[0]) {
      const problem = await this.#post(this.#kept.unsent[0]).then(() => undefined, Problem.from);
      if (problem && problem.status !== 422) break;
      await this.#keep({ ...this.#kept, unsent: this.#kept.unsent.slice(1) });
    }
    this.#isBusy = false;
  }

  async #keep(kept: Kept): Promise<void> {
    this.#kept = kept;
    await this.#shelf.keepDraft('pulse', kept);
  }
}
