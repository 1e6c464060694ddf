// The form that closes a visit: what it was, what was done, whether it runs. Kept while unfinished.

import type { CommandPayload, VisitDetail } from '../lib/offline/commands.ts';
import { type DraftShelf, FormDraft } from './drafts.svelte.ts';

export type Cause = NonNullable<VisitDetail['visit']['cause']>;
export type Missing = 'cause' | 'action' | 'runs';

interface Draft {
  readonly cause: Cause | '';
  readonly action: string;
  readonly isRunning: boolean | null;
}

const empty: Draft = { cause: '', action: '', isRunning: null };

export class Completion {
  #draft: FormDraft<Draft>;
  #wasTried = $state(false);
  #asksRunning = $state(true);

  constructor(shelf: DraftShelf, visitId: string) {
    this.#draft = new FormDraft(shelf, `complete:${visitId}`, empty);
  }

  /** Takes up where the technician left off. */
  async open({ asksRunning }: { asksRunning: boolean }): Promise<void> {
    this.#asksRunning = asksRunning;
    await this.#draft.open();
    this.#wasTried = false;
  }

  get cause(): Cause | '' {
    return this.#draft.value.cause;
  }

  set cause(cause: Cause | '') {
    this.#draft.change({ cause });
  }

  get action(): string {
    return this.#draft.value.action;
  }

  set action(action: string) {
    this.#draft.change({ action });
  }

  /** Whether it works again; null while the question is open. */
  get isRunning(): boolean | null {
    return this.#draft.value.isRunning;
  }

  set isRunning(isRunning: boolean | null) {
    this.#draft.change({ isRunning });
  }

  /** False where nothing was out of service, or where it is known to run again. */
  get asksRunning(): boolean {
    return this.#asksRunning;
  }

  /** Somebody tried to finish, so what is missing may be named. */
  get wasTried(): boolean {
    return this.#wasTried;
  }

  /** What is still needed, named only once somebody tried to finish without it. */
  get missing(): readonly Missing[] {
    return this.#wasTried ? this.#lacking() : [];
  }

  /** The finished form, or undefined while something is missing. */
  finish(): CommandPayload | undefined {
    this.#wasTried = true;
    const { cause, action, isRunning } = this.#draft.value;
    if (cause === '' || this.#lacking().length > 0) return undefined;
    return {
      cause,
      action: action.trim(),
      ...(this.#asksRunning ? { is_back_in_service: isRunning } : {}),
    };
  }

  async forget(): Promise<void> {
    await this.#draft.forget();
  }

  #lacking(): Missing[] {
    const { cause, action, isRunning } = this.#draft.value;
    return [
      ...(cause === '' ? (['cause'] as const) : []),
      ...(action.trim() === '' ? (['action'] as const) : []),
      ...(this.#asksRunning && isRunning === null ? (['runs'] as const) : []),
    ];
  }
}
