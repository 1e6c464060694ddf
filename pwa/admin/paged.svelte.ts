// A list that comes in pages, read from its beginning when what is asked for changes.
import { Problem } from '../lib/api/problem.ts';

interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor?: string | null;
}

export class Paged<T> {
  #items = $state.raw<readonly T[]>();
  #problem = $state.raw<Problem>();
  #isReading = $state(false);
  #cursor = $state<string | null>(null);
  #run = 0;
  readonly #read: (cursor: string | undefined) => Promise<Page<T>>;

  constructor(read: (cursor: string | undefined) => Promise<Page<T>>) {
    this.#read = read;
  }

  get items(): readonly T[] {
    return this.#items ?? [];
  }

  /** Why it could not be read last; what was read before stays. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  get hasMore(): boolean {
    return this.#cursor !== null;
  }

  get isReading(): boolean {
    return this.#isReading;
  }

  get face(): 'loading' | 'empty' | 'offline' | 'failed' | 'ready' {
    if (this.#items !== undefined) return this.#items.length === 0 ? 'empty' : 'ready';
    if (this.#problem === undefined) return 'loading';
    return this.#problem.isOffline ? 'offline' : 'failed';
  }

  /** Reads the first page anew. */
  async refresh(): Promise<void> {
    await this.#take(undefined, []);
  }

  /** Reads the page after the last one. */
  async more(): Promise<void> {
    if (this.#cursor !== null && !this.#isReading) await this.#take(this.#cursor, this.items);
  }

  async #take(cursor: string | undefined, before: readonly T[]): Promise<void> {
    const run = ++this.#run;
    this.#isReading = true;
    try {
      const page = await this.#read(cursor);
      if (run !== this.#run) return;
      this.#items = [...before, ...page.items];
      this.#cursor = page.next_cursor ?? null;
      this.#problem = undefined;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (run === this.#run) this.#problem = error;
    } finally {
      if (run === this.#run) this.#isReading = false;
    }
  }
}
