// Asking to be away: what is being written, and what became of what was asked before. The office
// decides, so it needs a connection; what is written waits on this phone until there is one.

import { Problem } from '../../lib/api/problem.ts';
import { instantOf } from '../../lib/i18n/zoned.ts';
import { type DraftShelf, FormDraft } from '../drafts.svelte.ts';
import { endOfDay, zoneOrOwn } from '../duty/days.ts';
import type { Absence, Office, Wish } from './office.ts';

export const kinds = ['leave', 'training', 'other'] as const satisfies readonly Wish['kind'][];

interface Draft {
  readonly kind: Wish['kind'];
  readonly first: string;
  readonly last: string;
  /** Part of one day only; empty where it is all of it. */
  readonly from: string;
  readonly until: string;
  readonly note: string;
  /** One for every wish: sent again after a lost answer, it is not asked twice. */
  readonly key: string;
}

export type Gap = 'first' | 'last' | 'hours';

const EMPTY: Draft = { kind: 'leave', first: '', last: '', from: '', until: '', note: '', key: '' };

export class Leave {
  #office: Office;
  #today: string;
  #zone: string;
  #now: () => number;
  #draft: FormDraft<Draft>;
  #wasTried = $state(false);
  #isBusy = $state(false);
  #isSent = $state(false);
  #problem = $state.raw<Problem>();
  #absences = $state.raw<readonly Absence[]>();
  #missing = $state.raw<Problem>();

  constructor(
    shelf: DraftShelf,
    office: Office,
    where: { readonly today: string; readonly zone: string | undefined; readonly now: () => number },
  ) {
    this.#office = office;
    this.#today = where.today;
    this.#zone = zoneOrOwn(where.zone);
    this.#now = where.now;
    this.#draft = new FormDraft<Draft>(shelf, 'leave', EMPTY);
  }

  /** What the office has of it; undefined until it has answered. */
  get absences(): readonly Absence[] | undefined {
    return this.#absences;
  }

  /** Why that list is not here. */
  get missing(): Problem | undefined {
    return this.#missing;
  }

  /** Why the last wish did not get through. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** The last wish is with the office, and no other has been begun. */
  get isSent(): boolean {
    return this.#isSent;
  }

  get draft(): Draft {
    return this.#draft.value;
  }

  /** Only of one day a part can be asked for. */
  get isOneDay(): boolean {
    const { first, last } = this.draft;
    return first !== '' && (last === '' || last === first);
  }

  /** What is still wrong, named only once somebody tried to send it. */
  get gaps(): readonly Gap[] {
    if (!this.#wasTried) return [];
    const { first, last, from, until } = this.draft;
    if (first < this.#today) return ['first'];
    if (last !== '' && last < first) return ['last'];
    return this.isOneDay && from + until !== '' && !(from !== '' && from < until) ? ['hours'] : [];
  }

  change(change: Partial<Omit<Draft, 'key'>>): void {
    this.#isSent = false;
    this.#draft.change({ ...change, key: crypto.randomUUID() });
  }

  async open(): Promise<void> {
    await this.#draft.open();
    await this.refresh();
  }

  async refresh(): Promise<void> {
    try {
      this.#absences = await this.#office.absences(new Date(this.#now()).toISOString());
      this.#missing = undefined;
    } catch (error) {
      this.#missing = Problem.from(error);
    }
  }

  async ask(): Promise<void> {
    this.#wasTried = true;
    if (this.gaps.length > 0) return;
    await this.#doing(async () => {
      await this.#office.ask(this.#wish(), this.draft.key);
      this.#wasTried = false;
      await this.#draft.forget();
      this.#isSent = true;
    });
  }

  async takeBack(absence: Absence): Promise<void> {
    await this.#doing(() => this.#office.takeBack(absence));
  }

  #wish(): Wish {
    const { kind, first, last, from, until, note } = this.draft;
    const isPart = this.isOneDay && from !== '';
    return {
      kind,
      starts_at: instantOf(`${first}T${isPart ? from : '00:00'}`, this.#zone)!,
      ends_at: isPart ? instantOf(`${first}T${until}`, this.#zone)! : endOfDay(last || first, this.#zone),
      note: note.trim(),
    };
  }

  async #doing(act: () => Promise<unknown>): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      await act();
      this.#problem = undefined;
    } catch (error) {
      this.#problem = Problem.from(error);
    } finally {
      this.#isBusy = false;
    }
    // Taken back or decided meanwhile: what the office has now is shown either way.
    await this.refresh();
  }
}
