// One credit note with the breaches it rests on, and the steps of its life.
import { Deed } from '../../lib/api/deed.svelte.ts';
import { Problem } from '../../lib/api/problem.ts';
import { Loaded } from '../loaded.svelte.ts';
import type { Breach, CreditNote, CreditsGateway, CreditStep } from './gateway.ts';

const NEEDS_REASON: ReadonlySet<CreditStep> = new Set(['drop', 'counter']);

export class OneCredit {
  readonly loaded: Loaded<CreditNote>;
  readonly deed = new Deed();
  /** The step that asks for its reason. */
  asked = $state<CreditStep>();
  reason = $state('');
  #breaches = $state.raw<readonly Breach[]>([]);
  readonly #gateway: CreditsGateway;

  constructor(gateway: CreditsGateway, id: string) {
    this.#gateway = gateway;
    this.loaded = new Loaded(async () => {
      const note = await gateway.credit(id);
      const found = await Promise.all(note.breach_ids.map((each) => gateway.breach(each).catch(unseen)));
      this.#breaches = found.filter((breach) => breach !== undefined);
      return note;
    });
  }

  /** Those the reader may see. */
  get breaches(): readonly Breach[] {
    return this.#breaches;
  }

  /** Asks why first where the step needs it; the note as it is after it, or the one that counters it. */
  async take(step: CreditStep): Promise<CreditNote | undefined> {
    const note = this.loaded.value;
    if (note === undefined) return undefined;
    if (NEEDS_REASON.has(step) && this.asked !== step) {
      this.asked = step;
      this.reason = '';
      return undefined;
    }
    const reason = NEEDS_REASON.has(step) ? this.reason.trim() : '';
    let after: CreditNote | undefined;
    const isDone = await this.deed.run(async (key) => {
      after = await this.#gateway.step(note, step, reason, key);
    });
    if (isDone) this.asked = undefined;
    if (isDone || this.deed.problem?.status === 409) await this.loaded.refresh();
    return isDone ? after : undefined;
  }

  leave(): void {
    this.asked = undefined;
    this.deed.forget();
  }
}

function unseen(error: unknown): undefined {
  if (error instanceof Problem && error.status === 404) return undefined;
  throw error;
}
