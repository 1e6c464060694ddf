// Something read from the server: not there yet, there, or why not. Reading again never blinks.
import { Problem } from '../lib/api/problem.ts';

export class Loaded<T> {
  #value = $state.raw<T>();
  #problem = $state.raw<Problem>();
  readonly #read: () => Promise<T>;
  #run = 0;

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  get value(): T | undefined {
    return this.#value;
  }

  /** Why it could not be read last; what was read before stays. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  get face(): 'loading' | 'offline' | 'failed' | 'ready' {
    if (this.#value !== undefined) return 'ready';
    if (this.#problem === undefined) return 'loading';
    return this.#problem.isOffline ? 'offline' : 'failed';
  }

  async refresh(): Promise<void> {
    const run = ++this.#run;
    try {
      const read = await this.#read();
      if (run === this.#run) this.put(read);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (run === this.#run) this.#problem = error;
    }
  }

  /** What a change answered: as good as read. */
  put(value: T): void {
    this.#value = value;
    this.#problem = undefined;
  }
}
