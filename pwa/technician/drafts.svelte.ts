// A form half filled in: kept under its name with every change, and there again after the page was killed.

/** Where drafts lie between two openings of a form. */
export interface DraftShelf {
  draft<T>(name: string): Promise<T | undefined>;
  keepDraft(name: string, draft: unknown): Promise<void>;
  forgetDraft(name: string): Promise<void>;
}

export class FormDraft<T extends object> {
  #value: T = $state.raw(undefined!);
  #shelf: DraftShelf;
  #name: string;
  #empty: T;

  constructor(shelf: DraftShelf, name: string, empty: T) {
    this.#shelf = shelf;
    this.#name = name;
    this.#empty = empty;
    this.#value = empty;
  }

  /** Takes up where the technician left off. */
  async open(): Promise<void> {
    this.#value = { ...this.#empty, ...(await this.#shelf.draft<T>(this.#name)) };
  }

  get value(): T {
    return this.#value;
  }

  change(change: Partial<T>): void {
    this.#value = { ...this.#value, ...change };
    void this.#shelf.keepDraft(this.#name, this.#value);
  }

  async forget(): Promise<void> {
    this.#value = this.#empty;
    await this.#shelf.forgetDraft(this.#name);
  }
}
