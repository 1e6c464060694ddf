// The meetings about one agreement as its customer sees them: when, what about, what was said.
import { Deed } from '../../lib/api/deed.svelte.ts';
import { answerOf, api, Problem, type Schemas } from '../../lib/api/index.ts';
import type { Face } from '../../lib/ui/Faces.svelte';
import { faceOf } from '../../lib/ui/problems.ts';

export type Found = Schemas['MeetingsOut'];
export type Pack = Schemas['ReviewPackOut'];
export type LevelName = Schemas['MeetingLevelOut']['level'];

/** What is asked of the server; tests bring one of their own. */
export interface MeetingsGateway {
  meetings(agreement: string): Promise<Found>;
  pack(agreement: string): Promise<Pack>;
  ask(agreement: string, level: LevelName, text: string, key: string): Promise<unknown>;
}

const at = (agreement_id: string) => ({ params: { path: { agreement_id } } });

export const httpMeetings: MeetingsGateway = {
  meetings: (agreement) => answerOf(api.GET('/api/agreements/{agreement_id}/meetings', at(agreement))),
  pack: (agreement) => answerOf(api.GET('/api/agreements/{agreement_id}/review-pack', at(agreement))),
  ask: (agreement, level, text, key) =>
    answerOf(
      api.POST('/api/agreements/{agreement_id}/agenda-items', {
        ...at(agreement),
        headers: { 'Idempotency-Key': key },
        body: { level, text },
      }),
    ),
};

export class Meetings {
  #found = $state.raw<{ meetings: Found; pack: Pack }>();
  #problem = $state.raw<Problem>();
  readonly #deed = new Deed();
  readonly #agreement: string;
  readonly #gateway: MeetingsGateway;

  constructor(agreement: string, gateway: MeetingsGateway = httpMeetings) {
    this.#agreement = agreement;
    this.#gateway = gateway;
  }

  get found(): Found | undefined {
    return this.#found?.meetings;
  }

  get pack(): Pack | undefined {
    return this.#found?.pack;
  }

  get face(): Face {
    if (this.#found) return 'ready';
    return this.#problem ? faceOf(this.#problem) : 'loading';
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Why what was written last did not arrive. */
  get refusal(): Problem | undefined {
    return this.#deed.problem;
  }

  get isSending(): boolean {
    return this.#deed.isBusy;
  }

  async refresh(): Promise<void> {
    try {
      const [meetings, pack] = await Promise.all([
        this.#gateway.meetings(this.#agreement),
        this.#gateway.pack(this.#agreement),
      ]);
      this.#found = { meetings, pack };
      this.#problem = undefined;
    } catch (error) {
      this.#problem = Problem.from(error);
    }
  }

  /** Puts it on the agenda; under one key until the server has judged it, so pressed twice it stands there once. */
  async ask(level: LevelName, text: string): Promise<boolean> {
    if (text.trim() === '') return false;
    return this.#deed.run(async (key) => {
      await this.#gateway.ask(this.#agreement, level, text.trim(), key);
      await this.refresh();
    });
  }
}
