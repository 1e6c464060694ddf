// The reviews of an agreement: what is on the agenda, what was held, what managers asked for.
import { Deed } from '../../lib/api/deed.svelte.ts';
import { Loaded } from '../loaded.svelte.ts';
import type { AgreementsGateway } from './gateway.ts';
import type { Item, LevelName, Seat } from './meetings/meetings.svelte.ts';
import type { ChangeRequest, DecisionBody, ReviewBody, Reviews } from './wire.ts';

export class AgreementReviews {
  readonly loaded: Loaded<Reviews>;
  readonly deed = new Deed();
  /** Whether the desired outcome was reached: nothing is assumed. */
  outcome = $state<ReviewBody['outcome'] | ''>('');
  heldOn = $state('');
  level = $state<LevelName>('operational');
  present = $state<Seat[]>([]);
  /** What of the agenda was not talked over: it waits for the next meeting of its level. */
  leftOver = $state<string[]>([]);
  note = $state('');
  next = $state('');
  #isTried = $state(false);
  readonly #gateway: AgreementsGateway;
  readonly #agreement: string;

  constructor(gateway: AgreementsGateway, agreement: string, today: string) {
    this.#gateway = gateway;
    this.#agreement = agreement;
    this.heldOn = today;
    this.loaded = new Loaded(() => gateway.reviews(agreement));
  }

  get open(): readonly ChangeRequest[] {
    return (this.loaded.value?.change_requests ?? []).filter((each) => each.decision === null);
  }

  get decided(): readonly ChangeRequest[] {
    return (this.loaded.value?.change_requests ?? []).filter((each) => each.decision !== null);
  }

  /** The question was not answered though holding the review was tried. */
  get isOutcomeMissing(): boolean {
    return this.#isTried && this.outcome === '';
  }

  /** `waiting` is what stands on the agenda of this level. */
  async hold(waiting: readonly Item[] = []): Promise<boolean> {
    this.#isTried = true;
    const { outcome } = this;
    if (outcome === '') return false;
    const body: ReviewBody = {
      held_on: this.heldOn || null!,
      outcome,
      note: this.note.trim(),
      level: this.level,
      present: this.present,
      item_ids: waiting.filter(({ id }) => !this.leftOver.includes(id)).map(({ id }) => id),
      next_review_on: this.next || null,
    };
    const isDone = await this.deed.run(async (key) => {
      await this.#gateway.holdReview(this.#agreement, body, key);
    });
    if (!isDone) return false;
    this.outcome = this.note = this.next = '';
    this.present = this.leftOver = [];
    this.#isTried = false;
    await this.loaded.refresh();
    return true;
  }

  async decide(request: string, body: DecisionBody): Promise<boolean> {
    const isDone = await this.deed.run(async (key) => {
      await this.#gateway.decide(this.#agreement, request, body, key);
    });
    if (isDone) await this.loaded.refresh();
    return isDone;
  }
}
