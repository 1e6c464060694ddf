// The drafts we talk about with this customer: what they propose, and their answer to the final version.
import { Deed } from '../../lib/api/deed.svelte.ts';
import { answerOf, api, Problem, type Schemas } from '../../lib/api/index.ts';
import type { Face } from '../../lib/ui/Faces.svelte';
import { faceOf } from '../../lib/ui/problems.ts';

export type Negotiated = Schemas['PortalNegotiationOut'];
export type Proposal = Schemas['ProposalOut'];
export type ProposalBody = Schemas['ProposalBody'];
export type Answer = Schemas['FinalAnswerBody']['answer'];

/** What is asked of the server; tests bring one of their own. */
export interface TalksGateway {
  negotiations(): Promise<Negotiated[]>;
  propose(about: Negotiated, body: ProposalBody, key: string): Promise<unknown>;
  read(about: Negotiated, key: string): Promise<unknown>;
  answer(about: Negotiated, answer: Answer, comment: string, key: string): Promise<unknown>;
}

const at = ({ agreement_id, draft }: Negotiated, key: string) => ({
  params: { path: { agreement_id, version_id: draft.id } },
  headers: { 'Idempotency-Key': key },
});

export const httpTalks: TalksGateway = {
  negotiations: async () => (await answerOf(api.GET('/api/portal/negotiations'))).items,
  propose: (about, body, key) =>
    answerOf(api.POST('/api/agreements/{agreement_id}/versions/{version_id}/proposals', { ...at(about, key), body })),
  read: (about, key) =>
    answerOf(api.POST('/api/agreements/{agreement_id}/versions/{version_id}/final-review/read', at(about, key))),
  answer: (about, answer, comment, key) =>
    answerOf(
      api.POST('/api/agreements/{agreement_id}/versions/{version_id}/final-review/answer', {
        ...at(about, key),
        body: { answer, comment },
      }),
    ),
};

export class Talks {
  #items = $state.raw<readonly Negotiated[]>();
  #problem = $state.raw<Problem>();
  readonly #deed = new Deed();
  readonly #gateway: TalksGateway;

  constructor(gateway: TalksGateway) {
    this.#gateway = gateway;
  }

  get items(): readonly Negotiated[] {
    return this.#items ?? [];
  }

  get face(): Face {
    if (this.#items) return 'ready';
    return this.#problem ? faceOf(this.#problem) : 'loading';
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Why the last thing was not sent. */
  get refusal(): Problem | undefined {
    return this.#deed.problem;
  }

  get isSending(): boolean {
    return this.#deed.isBusy;
  }

  async refresh(): Promise<void> {
    try {
      this.#items = await this.#gateway.negotiations();
      this.#problem = undefined;
    } catch (error) {
      this.#problem = Problem.from(error);
    }
  }

  /** Whoever is asked has the version before them now. */
  async markRead(): Promise<void> {
    const unread = this.items.filter(({ status, me }) => status === 'final_review' && me?.read_at === null);
    for (const each of unread) await this.#send((key) => this.#gateway.read(each, key));
  }

  propose(about: Negotiated, body: ProposalBody): Promise<boolean> {
    return this.#send((key) => this.#gateway.propose(about, body, key));
  }

  answer(about: Negotiated, answer: Answer, comment: string): Promise<boolean> {
    return this.#send((key) => this.#gateway.answer(about, answer, comment, key));
  }

  /** Under one key until the server has judged it: pressed twice, it is said once. */
  #send(act: (key: string) => Promise<unknown>): Promise<boolean> {
    return this.#deed.run(async (key) => {
      await act(key);
      await this.refresh();
    });
  }
}
