// Why an auditor reads, as they type it, and what the server said. The form draws it.
import { answerOf, api, session } from '../api/index.ts';
import { Deed } from '../api/deed.svelte.ts';
import type { Problem } from '../api/problem.ts';

export type Give = (reason: string, key: string) => Promise<unknown>;

/** Gives the reason, and asks who is here again: from now on everything answers. */
const give: Give = async (reason, key) => {
  const sent = { body: { reason }, headers: { 'Idempotency-Key': key } };
  await answerOf(api.POST('/api/session/reason', sent));
  await session.check();
};

export class ReadingReason {
  reason = $state('');
  #wasTried = $state(false);
  #deed = new Deed();
  #give: Give;

  constructor(by: Give = give) {
    this.#give = by;
  }

  get isBusy(): boolean {
    return this.#deed.isBusy;
  }

  get problem(): Problem | undefined {
    return this.#deed.problem;
  }

  /** Named only after a first try: nobody is corrected while still typing. */
  get isMissing(): boolean {
    return this.#wasTried && this.reason.trim() === '';
  }

  /** True when it was taken. What was typed stays until then. */
  async submit(): Promise<boolean> {
    this.#wasTried = true;
    if (this.isMissing) return false;
    return this.#deed.run(async (key) => void (await this.#give(this.reason.trim(), key)));
  }
}
