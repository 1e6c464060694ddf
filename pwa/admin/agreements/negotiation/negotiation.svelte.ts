// What is said before a version is agreed: written down, traced, decided and answered.
import { Deed } from '../../../lib/api/deed.svelte.ts';
import { answerOf, api, ifVersion } from '../../../lib/api/index.ts';
import { Loaded } from '../../loaded.svelte.ts';
import type {
  AnswerBody,
  ExpectationBody,
  Negotiation,
  Proposal,
  ProposalDecision,
  Requirement,
  RequirementBody,
  RequirementChange,
} from '../wire.ts';

/** What the page asks of the server; tests bring one of their own. */
export interface NegotiationGateway {
  negotiation(agreement: string): Promise<Negotiation>;
  expect(agreement: string, body: ExpectationBody, key: string): Promise<unknown>;
  require(agreement: string, body: RequirementBody, key: string): Promise<unknown>;
  changeRequirement(agreement: string, requirement: Requirement, body: RequirementChange): Promise<unknown>;
  decide(agreement: string, proposal: Proposal, body: ProposalDecision, key: string): Promise<unknown>;
  answer(agreement: string, version: string, body: AnswerBody, key: string): Promise<unknown>;
  read(agreement: string, version: string, key: string): Promise<unknown>;
}

const once = (key: string): { 'Idempotency-Key': string } => ({ 'Idempotency-Key': key });

export const httpNegotiation: NegotiationGateway = {
  negotiation: (agreement_id) =>
    answerOf(api.GET('/api/agreements/{agreement_id}/negotiation', { params: { path: { agreement_id } } })),

  expect: (agreement_id, body, key) =>
    answerOf(
      api.POST('/api/agreements/{agreement_id}/expectations', {
        params: { path: { agreement_id } },
        headers: once(key),
        body,
      }),
    ),

  require: (agreement_id, body, key) =>
    answerOf(
      api.POST('/api/agreements/{agreement_id}/requirements', {
        params: { path: { agreement_id } },
        headers: once(key),
        body,
      }),
    ),

  changeRequirement: (agreement_id, { id, version }, body) =>
    answerOf(
      api.PATCH('/api/agreements/{agreement_id}/requirements/{requirement_id}', {
        params: { path: { agreement_id, requirement_id: id } },
        headers: ifVersion(version),
        body,
      }),
    ),

  decide: (agreement_id, { id, version_id }, body, key) =>
    answerOf(
      api.POST('/api/agreements/{agreement_id}/versions/{version_id}/proposals/{proposal_id}/decision', {
        params: { path: { agreement_id, version_id, proposal_id: id } },
        headers: once(key),
        body,
      }),
    ),

  answer: (agreement_id, version_id, body, key) =>
    answerOf(
      api.POST('/api/agreements/{agreement_id}/versions/{version_id}/final-review/answer', {
        params: { path: { agreement_id, version_id } },
        headers: once(key),
        body,
      }),
    ),

  read: (agreement_id, version_id, key) =>
    answerOf(
      api.POST('/api/agreements/{agreement_id}/versions/{version_id}/final-review/read', {
        params: { path: { agreement_id, version_id } },
        headers: once(key),
      }),
    ),
};

export class Talks {
  readonly loaded: Loaded<Negotiation>;
  readonly deed = new Deed();
  readonly #gateway: NegotiationGateway;
  readonly #agreement: string;

  constructor(gateway: NegotiationGateway, agreement: string) {
    this.#gateway = gateway;
    this.#agreement = agreement;
    this.loaded = new Loaded(() => gateway.negotiation(agreement));
  }

  expect(body: ExpectationBody): Promise<boolean> {
    return this.#done((key) => this.#gateway.expect(this.#agreement, body, key));
  }

  require(body: RequirementBody): Promise<boolean> {
    return this.#done((key) => this.#gateway.require(this.#agreement, body, key));
  }

  change(requirement: Requirement, body: RequirementChange): Promise<boolean> {
    return this.#done(() => this.#gateway.changeRequirement(this.#agreement, requirement, body));
  }

  decide(proposal: Proposal, body: ProposalDecision): Promise<boolean> {
    return this.#done((key) => this.#gateway.decide(this.#agreement, proposal, body, key));
  }

  answer(body: AnswerBody): Promise<boolean> {
    const version = this.loaded.value?.version_id ?? '';
    return this.#done((key) => this.#gateway.answer(this.#agreement, version, body, key));
  }

  /** Says that who is asked has it before them; once is enough. */
  async markRead(): Promise<void> {
    const found = this.loaded.value;
    const mine = found?.recipients.find((each) => each.is_me && each.read_at === null);
    if (found === undefined || mine === undefined) return;
    await this.#done((key) => this.#gateway.read(this.#agreement, found.version_id, key));
  }

  async #done(act: (key: string) => Promise<unknown>): Promise<boolean> {
    const isDone = await this.deed.run(async (key) => {
      await act(key);
    });
    if (isDone || this.deed.problem?.status === 412) await this.loaded.refresh();
    return isDone;
  }
}
