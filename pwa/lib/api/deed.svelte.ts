// One change at a time, sent under one key until the server has judged it.
import { Problem } from './problem.ts';

export class Deed {
  #isBusy = $state(false);
  #problem = $state.raw<Problem>();
  #key = crypto.randomUUID();

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Why it was not done. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** True when it was done. An unanswered one goes out under the same key when tried again. */
  async run(deed: (key: string) => Promise<void>): Promise<boolean> {
    if (this.#isBusy) return false;
    this.#isBusy = true;
    this.#problem = undefined;
    try {
      await deed(this.#key);
      this.#key = crypto.randomUUID();
      return true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#problem = error;
      if (!error.isTransient) this.#key = crypto.randomUUID();
      return false;
    } finally {
      this.#isBusy = false;
    }
  }

  forget(): void {
    this.#problem = undefined;
  }
}
