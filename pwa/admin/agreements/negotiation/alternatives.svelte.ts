// Several promises side by side, each with a price; one of them becomes the draft's.
import { Deed } from '../../../lib/api/deed.svelte.ts';
import { answerOf, api } from '../../../lib/api/index.ts';
import type { components } from '../../../lib/api/schema.ts';
import { every } from '../../every.ts';
import { Loaded } from '../../loaded.svelte.ts';
import type { At } from '../gateway.ts';

type Schemas = components['schemas'];
export type Found = Schemas['AlternativesOut'];
export type Alternative = Schemas['AlternativeOut'];
export type AlternativeBody = Schemas['AlternativeBody'];
export type Prices = Schemas['PricesBody']['prices'];
export type Calendar = Schemas['CalendarOut'];
export type Trial = Schemas['TrialOut'];

/** What the page asks of the server; tests bring one of their own. */
export interface AlternativesGateway {
  read(at: At): Promise<Found>;
  trials(): Promise<Trial[]>;
  calendars(): Promise<Pick<Calendar, 'id' | 'name'>[]>;
  add(at: At, body: AlternativeBody, key: string): Promise<unknown>;
  price(at: At, alternative: Alternative, prices: Prices, key: string): Promise<unknown>;
  choose(at: At, alternative: Alternative, key: string): Promise<unknown>;
}

const path = ({ agreement, version }: At) => ({ agreement_id: agreement, version_id: version });
const once = (key: string): { 'Idempotency-Key': string } => ({ 'Idempotency-Key': key });

export const httpAlternatives: AlternativesGateway = {
  read: (at) =>
    answerOf(
      api.GET('/api/agreements/{agreement_id}/versions/{version_id}/alternatives', { params: { path: path(at) } }),
    ),
  trials: async () => (await answerOf(api.GET('/api/feasibility', { params: { query: { limit: 100 } } }))).items,
  calendars: () => every((query) => answerOf(api.GET('/api/calendars', { params: { query } }))),
  add: (at, body, key) =>
    answerOf(
      api.POST('/api/agreements/{agreement_id}/versions/{version_id}/alternatives', {
        params: { path: path(at) },
        headers: once(key),
        body,
      }),
    ),
  price: (at, { id, version }, prices, key) =>
    answerOf(
      api.POST('/api/agreements/{agreement_id}/versions/{version_id}/alternatives/{alternative_id}/prices', {
        params: { path: { ...path(at), alternative_id: id } },
        headers: once(key),
        body: { prices, base_version: version },
      }),
    ),
  choose: (at, { id }, key) =>
    answerOf(
      api.POST('/api/agreements/{agreement_id}/versions/{version_id}/alternatives/{alternative_id}/choose', {
        params: { path: { ...path(at), alternative_id: id } },
        headers: once(key),
      }),
    ),
};

export class Alternatives {
  readonly loaded: Loaded<Found>;
  readonly trials: Loaded<Trial[]>;
  readonly calendars: Loaded<Pick<Calendar, 'id' | 'name'>[]>;
  readonly deed = new Deed();
  readonly #gateway: AlternativesGateway;
  readonly #at: At;

  constructor(gateway: AlternativesGateway, at: At) {
    this.#gateway = gateway;
    this.#at = at;
    this.loaded = new Loaded(() => gateway.read(at));
    this.trials = new Loaded(() => gateway.trials());
    this.calendars = new Loaded(() => gateway.calendars());
  }

  /** Trials that are over and were of this very promise. */
  trialsOf(severity: string, seconds: number | null | undefined): Trial[] {
    return (this.trials.value ?? []).filter(
      (each) => each.answer !== null && each.severity === severity && each.within_seconds === seconds,
    );
  }

  add(body: AlternativeBody): Promise<boolean> {
    return this.#done((key) => this.#gateway.add(this.#at, body, key));
  }

  price(alternative: Alternative, prices: Prices): Promise<boolean> {
    return this.#done((key) => this.#gateway.price(this.#at, alternative, prices, key));
  }

  choose(alternative: Alternative): Promise<boolean> {
    return this.#done((key) => this.#gateway.choose(this.#at, alternative, key));
  }

  async #done(act: (key: string) => Promise<unknown>): Promise<boolean> {
    const isDone = await this.deed.run(async (key) => {
      await act(key);
    });
    if (isDone || this.deed.problem?.status === 404 || this.deed.problem?.status === 412) await this.loaded.refresh();
    return isDone;
  }
}
