// A wish to change an agreement, as it is being written. What was not sent stays.

import { Problem } from '../lib/api/index.ts';
import type { Gateway } from './gateway.ts';

export class Wish {
  text = $state('');
  readonly agreementId: string;
  #gateway: Pick<Gateway, 'askChange'>;
  #wasTried = $state(false);
  #isSending = $state(false);
  #problem = $state.raw<Problem>();
  #key = '';
  #keyedText = '';

  constructor(agreementId: string, gateway: Pick<Gateway, 'askChange'>) {
    this.agreementId = agreementId;
    this.#gateway = gateway;
  }

  get isSending(): boolean {
    return this.#isSending;
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  get lacksText(): boolean {
    return this.#wasTried && this.text.trim() === '';
  }

  /** Sends it; false when nothing was written or it did not arrive. */
  async send(): Promise<boolean> {
    this.#wasTried = true;
    const text = this.text.trim();
    if (this.#isSending || text === '') return false;
    this.#isSending = true;
    this.#problem = undefined;
    try {
      await this.#gateway.askChange(this.agreementId, text, this.#keyFor(text));
      this.text = '';
      this.#wasTried = false;
      this.#keyedText = '';
      return true;
    } catch (error) {
      this.#problem = Problem.from(error);
      return false;
    } finally {
      this.#isSending = false;
    }
  }

  /** The same words keep their key, so that a second press is not a second wish. */
  #keyFor(text: string): string {
    if (text !== this.#keyedText) {
      this.#keyedText = text;
      this.#key = crypto.randomUUID();
    }
    return this.#key;
  }
}
