// A conversation between a customer and the office: read again when somebody wrote, and never losing a word.
import { Problem } from '../api/problem.ts';
import type { Comment, CommentsGateway, Subject } from './gateway.ts';

const WRITTEN: ReadonlySet<string> = new Set(['customer_commented', 'office_commented']);

interface Change {
  readonly kind: string;
  readonly intervention_id?: string | null;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}

export class Comments {
  text = $state('');
  #all = $state.raw<readonly Comment[]>();
  #problem = $state.raw<Problem>();
  #isUnsent = $state(false);
  #isSending = $state(false);
  #key = crypto.randomUUID();
  #keyedText = '';
  readonly #about: Subject;
  readonly #gateway: CommentsGateway;

  constructor(about: Subject, gateway: CommentsGateway) {
    this.#about = about;
    this.#gateway = gateway;
  }

  /** Undefined until they were read once. */
  get all(): readonly Comment[] | undefined {
    return this.#all;
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** The last message did not arrive; its words are still in the field. */
  get isUnsent(): boolean {
    return this.#isUnsent;
  }

  get isSending(): boolean {
    return this.#isSending;
  }

  async read(): Promise<void> {
    try {
      this.#all = await this.#gateway.read(this.#about);
      if (!this.#isUnsent) this.#problem = undefined;
    } catch (error) {
      this.#problem = Problem.from(error);
    }
  }

  /** Reads again where a change is about this conversation. */
  hear(change: Change): void {
    const about = 'intervention' in this.#about ? change.intervention_id : change.data?.['agreement_id'];
    const own = 'intervention' in this.#about ? this.#about.intervention : this.#about.agreement;
    if (WRITTEN.has(change.kind) && about === own) void this.read();
  }

  /** Whether it arrived; the same words keep their key, so that a second press is not a second message. */
  async send(): Promise<boolean> {
    const text = this.text.trim();
    if (text === '' || this.#isSending) return false;
    if (text !== this.#keyedText) [this.#key, this.#keyedText] = [crypto.randomUUID(), text];
    this.#isSending = true;
    this.#isUnsent = false;
    this.#problem = undefined;
    try {
      const written = await this.#gateway.write(this.#about, text, this.#key);
      const others = (this.#all ?? []).filter(({ id }) => id !== written.id);
      this.#all = [...others, written];
      [this.text, this.#keyedText] = ['', ''];
      return true;
    } catch (error) {
      this.#problem = Problem.from(error);
      this.#isUnsent = true;
      return false;
    } finally {
      this.#isSending = false;
    }
  }
}
