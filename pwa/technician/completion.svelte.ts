// The form that closes a visit: what it was, what was done, whether it runs. Kept while unfinished.

import type { CommandPayload, VisitDetail } from '../lib/offline/commands.ts';

export type Cause = NonNullable<VisitDetail['visit']['cause']>;
export type Missing = 'cause' | 'action' | 'runs';

interface Draft {
  readonly cause: Cause | '';
  readonly action: string;
  readonly isRunning: boolean | null;
}

/** Where the draft is kept between two openings of the form. */
export interface DraftShelf {
  draft<T>(name: string): Promise<T | undefined>;
  keepDraft(name: string, draft: unknown): Promise<void>;
  forgetDraft(name: string): Promise<void>;
}

const empty: Draft = { cause: '', action: '', isRunning: null };

export class Completion {
  #draft = $state.raw<Draft>(empty);
  #wasTried = $state(false);
  #asksRunning = $state(true);
  #shelf: DraftShelf;
  #name: string;

  constructor(shelf: DraftShelf, visitId: string) {
    this.#shelf = shelf;
    this.#name = `complete:${visitId}`;
  }

  /** Takes up where the technician left off. */
  async open({ asksRunning }: { asksRunning: boolean }): Promise<void> {
    this.#asksRunning = asksRunning;
    this.#draft = { ...empty, ...(await this.#shelf.draft<Draft>(this.#name)) };
    this.#wasTried = false;
  }

  get cause(): Cause | '' {
    return this.#draft.cause;
  }

  set cause(cause: Cause | '') {
    this.#change({ cause });
  }

  get action(): string {
    return this.#draft.action;
  }

  set action(action: string) {
    this.#change({ action });
  }

  /** Whether it works again; null while the question is open. */
  get isRunning(): boolean | null {
    return this.#draft.isRunning;
  }

  set isRunning(isRunning: boolean | null) {
    this.#change({ isRunning });
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
    const { cause, action, isRunning } = this.#draft;
    if (cause === '' || this.#lacking().length > 0) return undefined;
    return {
      cause,
      action: action.trim(),
      ...(this.#asksRunning ? { is_back_in_service: isRunning } : {}),
    };
  }

  async forget(): Promise<void> {
    this.#draft = empty;
    await this.#shelf.forgetDraft(this.#name);
  }

  #lacking(): Missing[] {
    const { cause, action, isRunning } = this.#draft;
    return [
      ...(cause === '' ? (['cause'] as const) : []),
      ...(action.trim() === '' ? (['action'] as const) : []),
      ...(this.#asksRunning && isRunning === null ? (['runs'] as const) : []),
    ];
  }

  #change(change: Partial<Draft>): void {
    this.#draft = { ...this.#draft, ...change };
    void this.#shelf.keepDraft(this.#name, this.#draft);
  }
}
