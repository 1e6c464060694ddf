// Choosing a password: what is typed twice, what is wrong with it, what the server said.
import { Problem } from '../lib/api/problem.ts';

const SHORTEST = 8;

export class Choosing<Opened> {
  password = $state('');
  again = $state('');
  #isBusy = $state(false);
  #wasTried = $state(false);
  #problem = $state.raw<Problem>();
  readonly #choose: (password: string) => Promise<Opened>;

  constructor(choose: (password: string) => Promise<Opened>) {
    this.#choose = choose;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Named only after a first try: nobody is corrected while still typing. */
  get fault(): 'too_short' | 'differs' | undefined {
    if (!this.#wasTried) return undefined;
    if (this.password.length < SHORTEST) return 'too_short';
    return this.password === this.again ? undefined : 'differs';
  }

  /** What was opened; undefined when something is wrong or was refused. */
  async submit(): Promise<Opened | undefined> {
    this.#wasTried = true;
    if (this.#isBusy || this.fault) return undefined;
    this.#isBusy = true;
    this.#problem = undefined;
    try {
      return await this.#choose(this.password);
    } catch (error) {
      this.#problem = Problem.from(error);
      return undefined;
    } finally {
      this.#isBusy = false;
    }
  }
}

/** The token of a link, from the part of the address that is never sent to a server. */
export const stopTokenIn = (hash: string): string | undefined => /^#\/unsubscribe\/([\w-]+)$/.exec(hash)?.[1];
export const tokenIn = (hash: string): string | undefined => /^#\/invitation\/([\w-]+)$/.exec(hash)?.[1];
