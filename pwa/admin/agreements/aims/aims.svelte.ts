// What is to be reached under an agreement, what comes back by it, and figures of others beside ours.
import { Deed } from '../../../lib/api/deed.svelte.ts';
import { answerOf, api, type Schemas } from '../../../lib/api/index.ts';
import { Loaded } from '../../loaded.svelte.ts';
import { feltMeasures } from '../objectives.ts';

export type Found = Schemas['AimsOut'];
export type Aim = Schemas['AimOut'];
export type AimKind = Aim['kind'];
export type AimBody = Schemas['AimBody'];
export type Measure = NonNullable<Aim['measure']>;
export type Clock = NonNullable<Aim['clock']>;
export type AimCommand = Schemas['AimCommandBody'];
export type Commitment = Schemas['CommitmentOut'];
export type CommitmentBody = Schemas['CommitmentBody'];
export type CommitmentCommand = Schemas['CommitmentCommandBody'];
export type Benchmark = Schemas['BenchmarkOut'];
export type BenchmarkBody = Schemas['BenchmarkBody'];

export const kinds: readonly AimKind[] = ['outcome', 'focus', 'key_result'];
export const measures: readonly Measure[] = [...feltMeasures, 'sla_attainment'];
export const clocks: readonly Clock[] = ['acknowledge', 'response', 'safe', 'resolution'];

/** What is asked of the server; tests bring one of their own. */
export interface AimsGateway {
  aims(agreement: string): Promise<Found>;
  setAim(agreement: string, body: AimBody, key: string): Promise<Found>;
  commandAim(agreement: string, aim: Aim, body: Omit<AimCommand, 'base_version'>, key: string): Promise<Found>;
  commitments(agreement: string): Promise<Commitment[]>;
  commit(agreement: string, body: CommitmentBody, key: string): Promise<Commitment[]>;
  commandCommitment(
    agreement: string,
    commitment: Commitment,
    body: Omit<CommitmentCommand, 'base_version'>,
    key: string,
  ): Promise<Commitment[]>;
  benchmarks(agreement: string): Promise<Benchmark[]>;
  note(agreement: string, body: BenchmarkBody, key: string): Promise<Benchmark[]>;
}

const at = (agreement_id: string) => ({ params: { path: { agreement_id } } });
const once = (key: string) => ({ headers: { 'Idempotency-Key': key } });

export const httpAims: AimsGateway = {
  aims: (agreement) => answerOf(api.GET('/api/agreements/{agreement_id}/aims', at(agreement))),
  setAim: (agreement, body, key) =>
    answerOf(api.POST('/api/agreements/{agreement_id}/aims', { ...at(agreement), ...once(key), body })),
  commandAim: (agreement_id, { id, version }, body, key) =>
    answerOf(
      api.POST('/api/agreements/{agreement_id}/aims/{aim_id}/commands', {
        params: { path: { agreement_id, aim_id: id } },
        ...once(key),
        body: { ...body, base_version: version },
      }),
    ),
  commitments: async (agreement) =>
    (await answerOf(api.GET('/api/agreements/{agreement_id}/commitments', at(agreement)))).items,
  commit: async (agreement, body, key) =>
    (await answerOf(api.POST('/api/agreements/{agreement_id}/commitments', { ...at(agreement), ...once(key), body })))
      .items,
  commandCommitment: async (agreement_id, { id, version }, body, key) =>
    (
      await answerOf(
        api.POST('/api/agreements/{agreement_id}/commitments/{commitment_id}/commands', {
          params: { path: { agreement_id, commitment_id: id } },
          ...once(key),
          body: { ...body, base_version: version },
        }),
      )
    ).items,
  benchmarks: async (agreement) =>
    (await answerOf(api.GET('/api/agreements/{agreement_id}/benchmarks', at(agreement)))).items,
  note: async (agreement, body, key) =>
    (await answerOf(api.POST('/api/agreements/{agreement_id}/benchmarks', { ...at(agreement), ...once(key), body })))
      .items,
};

export class Aims {
  readonly loaded: Loaded<Found>;
  readonly commitments: Loaded<Commitment[]>;
  readonly benchmarks: Loaded<Benchmark[]>;
  readonly #gateway: AimsGateway;
  readonly #agreement: string;

  constructor(gateway: AimsGateway, agreement: string) {
    this.#gateway = gateway;
    this.#agreement = agreement;
    this.loaded = new Loaded(() => gateway.aims(agreement));
    this.commitments = new Loaded(() => gateway.commitments(agreement));
    this.benchmarks = new Loaded(() => gateway.benchmarks(agreement));
  }

  /** The outcome first, then focus areas and key results. */
  get all(): readonly Aim[] {
    const found = this.loaded.value;
    if (!found) return [];
    return [...(found.outcome ? [found.outcome] : []), ...found.focus, ...found.key_results];
  }

  async refresh(): Promise<void> {
    await Promise.all([this.loaded.refresh(), this.commitments.refresh(), this.benchmarks.refresh()]);
  }

  set(deed: Deed, body: AimBody): Promise<boolean> {
    return deed.run(async (key) => this.loaded.put(await this.#gateway.setAim(this.#agreement, body, key)));
  }

  command(deed: Deed, aim: Aim, body: Omit<AimCommand, 'base_version'>): Promise<boolean> {
    return deed.run(async (key) => this.loaded.put(await this.#gateway.commandAim(this.#agreement, aim, body, key)));
  }

  commit(deed: Deed, body: CommitmentBody): Promise<boolean> {
    return deed.run(async (key) => this.commitments.put(await this.#gateway.commit(this.#agreement, body, key)));
  }

  keep(deed: Deed, commitment: Commitment, body: Omit<CommitmentCommand, 'base_version'>): Promise<boolean> {
    return deed.run(async (key) =>
      this.commitments.put(await this.#gateway.commandCommitment(this.#agreement, commitment, body, key)),
    );
  }

  note(deed: Deed, body: BenchmarkBody): Promise<boolean> {
    return deed.run(async (key) => this.benchmarks.put(await this.#gateway.note(this.#agreement, body, key)));
  }
}
