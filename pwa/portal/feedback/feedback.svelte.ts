// Saying how it was by a link: one tap answers, the rest may follow for half an hour.
import { answerOf, api, Problem, type Schemas } from '../../lib/api/index.ts';

export type Asked = Schemas['FeedbackAskedOut'];
export type Answer = Schemas['FeedbackByLinkBody'];

export interface FeedbackGateway {
  asked(token: string): Promise<Asked>;
  answer(body: Answer, key: string): Promise<Asked>;
}

export const httpGateway: FeedbackGateway = {
  asked: (token) => answerOf(api.GET('/api/feedback_by_link', { params: { query: { token } } })),
  answer: (body, key) => answerOf(api.POST('/api/feedback_by_link', { body, headers: { 'Idempotency-Key': key } })),
};

export class Feedback {
  #asked = $state.raw<Asked>();
  #problem = $state.raw<Problem>();
  #isBusy = $state(false);
  #isWhole = $state(false);
  #key = crypto.randomUUID();
  readonly #token: string;
  readonly #gateway: FeedbackGateway;

  constructor(token: string, gateway: FeedbackGateway) {
    this.#token = token;
    this.#gateway = gateway;
  }

  get asked(): Asked | undefined {
    return this.#asked;
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Whether the one tap was made, now or by the same link a while ago. */
  get isAnswered(): boolean {
    return this.#asked?.said != null;
  }

  /** Whether the rest was sent as well: nothing is asked any more. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  async start(): Promise<void> {
    await this.#run(async () => {
      this.#asked = await this.#gateway.asked(this.#token);
    });
  }

  /** The tap; chosen anew, the newer one stands. */
  async rate(csat: number): Promise<void> {
    await this.#say({ csat });
  }

  async complete(rest: { effort: number | null; comment: string; is_irritated: boolean }): Promise<void> {
    this.#isWhole = await this.#say(rest);
  }

  #say(said: Partial<Answer>): Promise<boolean> {
    return this.#run(async () => {
      this.#asked = await this.#gateway.answer({ token: this.#token, ...said } as Answer, this.#key);
      this.#key = crypto.randomUUID();
    });
  }

  async #run(act: () => Promise<void>): Promise<boolean> {
    if (this.#isBusy) return false;
    this.#isBusy = true;
    this.#problem = undefined;
    try {
      await act();
      return true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#problem = error;
      // What was never answered goes out under the same key again.
      if (!error.isTransient) this.#key = crypto.randomUUID();
      return false;
    } finally {
      this.#isBusy = false;
    }
  }
}
