// A form about one thing, new or changed. What somebody else changed meanwhile is read; what was typed stays.
import { Deed } from '../lib/api/deed.svelte.ts';

interface Versioned {
  readonly id: string;
  readonly version: number;
}

export class Edited<Row extends Versioned, Form> {
  readonly deed = new Deed();
  form = $state<Form>();
  #row = $state.raw<Row>();
  readonly #formOf: (row: Row | undefined) => Form;
  readonly #read: (id: string) => Promise<Row>;

  constructor(formOf: (row: Row | undefined) => Form, read: (id: string) => Promise<Row>) {
    this.#formOf = formOf;
    this.#read = read;
  }

  /** What is being changed; none while something is added. */
  get row(): Row | undefined {
    return this.#row;
  }

  open(row?: Row): void {
    this.#row = row;
    this.deed.forget();
    this.form = this.#formOf(row);
  }

  /** Something else about it was changed from here: what was typed stays. */
  renew(row: Row): void {
    this.#row = row;
  }

  close(): void {
    this.form = undefined;
  }

  /** What was saved; nothing when it was refused, which `deed.problem` then tells. */
  async save(send: (form: Form, row: Row | undefined, key: string) => Promise<Row>): Promise<Row | undefined> {
    if (this.form === undefined) return undefined;
    const form = $state.snapshot(this.form) as Form;
    let saved: Row | undefined;
    const isDone = await this.deed.run(async (key) => {
      saved = await send(form, this.#row, key);
    });
    if (isDone) this.#row = saved;
    else if (this.deed.problem?.status === 412 && this.#row !== undefined) {
      this.#row = await this.#read(this.#row.id).catch(() => this.#row);
    }
    return isDone ? saved : undefined;
  }
}
