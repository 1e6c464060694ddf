// The meetings about an agreement: how often, what about, what was decided, and what is still to do.
import { Deed } from '../../../lib/api/deed.svelte.ts';
import { answerOf, api, type Schemas } from '../../../lib/api/index.ts';
import { Loaded } from '../../loaded.svelte.ts';

export type MeetingsFound = Schemas['MeetingsOut'];
export type Level = Schemas['MeetingLevelOut'];
export type LevelName = Level['level'];
export type Seat = Level['seats'][number];
export type Item = Schemas['AgendaItemOut'];
export type Meeting = Schemas['MeetingOut'];
export type Decision = Schemas['DecisionOut'];
export type DecisionBody = Schemas['DecisionBody'];
export type CadenceBody = Schemas['CadenceBody'];
export type Pack = Schemas['ReviewPackOut'];
export type Ending = Schemas['DecisionCommandBody']['kind'];

export const levels: readonly LevelName[] = ['operational', 'tactical', 'strategic'];
export const seats: readonly Seat[] = [
  'owner',
  'dispatch',
  'technicians',
  'experience',
  'management',
  'building_manager',
  'buyer',
  'residents',
  'supplier',
];

/** What is asked of the server; tests bring one of their own. */
export interface MeetingsGateway {
  meetings(agreement: string): Promise<MeetingsFound>;
  pack(agreement: string): Promise<Pack>;
  setCadence(agreement: string, body: CadenceBody, key: string): Promise<MeetingsFound>;
  ask(agreement: string, level: LevelName, text: string, key: string): Promise<unknown>;
  decide(agreement: string, meeting: string, body: DecisionBody, key: string): Promise<unknown>;
  end(agreement: string, decision: Decision, kind: Ending, note: string, key: string): Promise<unknown>;
}

const at = (agreement_id: string) => ({ params: { path: { agreement_id } } });
const once = (key: string) => ({ headers: { 'Idempotency-Key': key } });

export const httpMeetings: MeetingsGateway = {
  meetings: (agreement) => answerOf(api.GET('/api/agreements/{agreement_id}/meetings', at(agreement))),
  pack: (agreement) => answerOf(api.GET('/api/agreements/{agreement_id}/review-pack', at(agreement))),
  setCadence: (agreement, body, key) =>
    answerOf(api.POST('/api/agreements/{agreement_id}/meetings/cadences', { ...at(agreement), ...once(key), body })),
  ask: (agreement, level, text, key) =>
    answerOf(
      api.POST('/api/agreements/{agreement_id}/agenda-items', { ...at(agreement), ...once(key), body: { level, text } }),
    ),
  decide: (agreement_id, review_id, body, key) =>
    answerOf(
      api.POST('/api/agreements/{agreement_id}/reviews/{review_id}/decisions', {
        params: { path: { agreement_id, review_id } },
        ...once(key),
        body,
      }),
    ),
  end: (agreement_id, decision, kind, note, key) =>
    answerOf(
      api.POST('/api/agreements/{agreement_id}/decisions/{decision_id}/commands', {
        params: { path: { agreement_id, decision_id: decision.id } },
        ...once(key),
        body: { kind, note, base_version: decision.version },
      }),
    ),
};

export class Meetings {
  readonly loaded: Loaded<MeetingsFound>;
  readonly pack: Loaded<Pack>;
  readonly #gateway: MeetingsGateway;
  readonly #agreement: string;

  constructor(gateway: MeetingsGateway, agreement: string) {
    this.#gateway = gateway;
    this.#agreement = agreement;
    this.loaded = new Loaded(() => gateway.meetings(agreement));
    this.pack = new Loaded(() => gateway.pack(agreement));
  }

  async refresh(): Promise<void> {
    await Promise.all([this.loaded.refresh(), this.pack.refresh()]);
  }

  /** What waits for a meeting of this level. */
  waiting(level: LevelName): readonly Item[] {
    return (this.loaded.value?.items ?? []).filter((item) => item.level === level);
  }

  setCadence(deed: Deed, body: CadenceBody): Promise<boolean> {
    return deed.run(async (key) => this.loaded.put(await this.#gateway.setCadence(this.#agreement, body, key)));
  }

  ask(deed: Deed, level: LevelName, text: string): Promise<boolean> {
    return this.#then(deed, (key) => this.#gateway.ask(this.#agreement, level, text.trim(), key));
  }

  decide(deed: Deed, meeting: Meeting, body: DecisionBody): Promise<boolean> {
    return this.#then(deed, (key) => this.#gateway.decide(this.#agreement, meeting.id, body, key));
  }

  end(deed: Deed, decision: Decision, kind: Ending, note: string): Promise<boolean> {
    return this.#then(deed, (key) => this.#gateway.end(this.#agreement, decision, kind, note.trim(), key));
  }

  async #then(deed: Deed, act: (key: string) => Promise<unknown>): Promise<boolean> {
    const isDone = await deed.run(async (key) => {
      await act(key);
    });
    if (isDone) await this.loaded.refresh();
    return isDone;
  }
}
