// When somebody comes, as the agreement lets the customer choose.

import { answerOf, api, Problem, type Schemas } from '../../lib/api/index.ts';

export type Choices = Schemas['ChoicesForJobOut'];
export type Slot = Schemas['ChoosableOut'];

export interface Chooser {
  choices(interventionId: string): Promise<Choices>;
  /** `key` makes a repeated choice the same choice. */
  choose(interventionId: string, slot: Slot, key: string): Promise<Choices>;
}

export const httpChooser: Chooser = {
  choices(interventionId) {
    const params = { path: { intervention_id: interventionId } };
    return answerOf(api.GET('/api/portal/interventions/{intervention_id}/choices', { params }));
  },
  choose(interventionId, { from_at, to_at }, key) {
    const params = { path: { intervention_id: interventionId } };
    const headers = { 'Idempotency-Key': key };
    const body = { from_at, to_at };
    return answerOf(api.POST('/api/portal/interventions/{intervention_id}/choices', { params, body, headers }));
  },
};

export class Choosing {
  readonly interventionId: string;
  /** Which of the times offered is marked, by when it begins. */
  wanted = $state('');
  #chooser: Chooser;
  #answer = $state.raw<Choices>();
  #problem = $state.raw<Problem>();
  #isSending = $state(false);
  #key = '';
  #keyed = '';

  constructor(interventionId: string, chooser: Chooser) {
    this.interventionId = interventionId;
    this.#chooser = chooser;
  }

  get chosen(): Choices['chosen'] {
    return this.#answer?.chosen ?? null;
  }

  get slots(): readonly Slot[] {
    return this.#answer?.items ?? [];
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  get isSending(): boolean {
    return this.#isSending;
  }

  /** Without a connection there is nothing to choose; nobody is bothered with that. */
  async load(): Promise<void> {
    this.#answer = await this.#chooser.choices(this.interventionId).catch(() => this.#answer);
    if (this.slots.every(({ from_at }) => from_at !== this.wanted)) this.wanted = '';
  }

  /** Says whether it was chosen; a time that has gone is not offered again. */
  async choose(): Promise<boolean> {
    const slot = this.slots.find(({ from_at }) => from_at === this.wanted);
    if (this.#isSending || slot === undefined) return false;
    if (this.#keyed !== slot.from_at) [this.#key, this.#keyed] = [crypto.randomUUID(), slot.from_at];
    this.#isSending = true;
    this.#problem = undefined;
    try {
      this.#answer = await this.#chooser.choose(this.interventionId, slot, this.#key);
      this.wanted = this.#keyed = '';
      return true;
    } catch (error) {
      this.#problem = Problem.from(error);
      if (this.#problem.code === 'choice_closed') await this.load();
      return false;
    } finally {
      this.#isSending = false;
    }
  }
}
