// A fault as somebody in the lift reports it: the lift, what happens, a photo. What cannot be sent
// is kept and sent later, under the same key, so that it arrives once.

import { Problem } from '../lib/api/index.ts';
import type { LanguageTag } from '../lib/i18n/index.ts';
import { MOST_PHOTOS } from '../lib/photos/photo.ts';
import type { Gateway, LabelPlace, Report, Reported } from './gateway.ts';
import type { Keeping, Kept } from './kept.ts';

export const faultKinds = ['person_trapped', 'out_of_service', 'degraded'] as const;
export type FaultKind = (typeof faultKinds)[number];

type Asked = Pick<Gateway, 'place' | 'report'>;

export class Reporting {
  kind = $state<FaultKind | ''>('');
  description = $state('');
  phone = $state('');
  email = $state('');
  #photos = $state.raw<readonly string[]>([]);
  #place = $state.raw<LabelPlace>();
  #problem = $state.raw<Problem>();
  #waiting = $state.raw<Kept>();
  #wasTried = $state(false);
  #isSending = $state(false);
  #draftKey = crypto.randomUUID();
  readonly #token: string;
  readonly #gateway: Asked;
  readonly #keeping: Keeping;

  constructor(token: string, gateway: Asked, keeping: Keeping) {
    this.#token = token;
    this.#gateway = gateway;
    this.#keeping = keeping;
    const kept = keeping.read();
    if (kept?.report.token === token) this.#waiting = kept;
  }

  get place(): LabelPlace | undefined {
    return this.#place;
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  get photos(): readonly string[] {
    return this.#photos;
  }

  get isSending(): boolean {
    return this.#isSending;
  }

  /** A report that waits for a connection. */
  get isWaiting(): boolean {
    return this.#waiting !== undefined;
  }

  get isTrapped(): boolean {
    return (this.#waiting?.report.kind ?? this.kind) === 'person_trapped';
  }

  get lacksKind(): boolean {
    return this.#wasTried && this.kind === '';
  }

  /** The label does not hold: replaced, or half read. */
  get isEnded(): boolean {
    return this.#token === '' || this.#problem?.code === 'label_ended';
  }

  async start(): Promise<void> {
    if (this.isEnded) return;
    try {
      this.#place = await this.#gateway.place(this.#token);
      this.#problem = undefined;
    } catch (error) {
      this.#problem = Problem.from(error);
    }
  }

  addPhoto(photo: string): void {
    this.#photos = [...this.#photos, photo].slice(0, MOST_PHOTOS);
  }

  removePhoto(place: number): void {
    this.#photos = this.#photos.filter((_, each) => each !== place);
  }

  /** Sends it; undefined where something is missing, was refused, or waits for a connection. */
  async send(language: LanguageTag): Promise<Reported | undefined> {
    this.#wasTried = true;
    if (this.kind === '' || this.#isSending) return undefined;
    return this.#deliver({ report: this.#written(this.kind, language), key: this.#draftKey });
  }

  /** What waits, tried again. */
  async sendAgain(): Promise<Reported | undefined> {
    if (!this.#waiting || this.#isSending) return undefined;
    return this.#deliver(this.#waiting);
  }

  /** Whoever has called meanwhile need not send it. */
  drop(): void {
    this.#waiting = undefined;
    this.#problem = undefined;
    this.#keeping.clear();
    this.#draftKey = crypto.randomUUID();
  }

  async #deliver(kept: Kept): Promise<Reported | undefined> {
    this.#isSending = true;
    this.#problem = undefined;
    try {
      const reported = await this.#gateway.report(kept.report, kept.key);
      this.drop();
      return reported;
    } catch (error) {
      this.#problem = Problem.from(error);
      if (this.#problem.isTransient) {
        this.#waiting = kept;
        this.#keeping.write(kept);
      } else {
        // Judged and refused: what is written now is another report.
        this.#waiting = undefined;
        this.#keeping.clear();
        this.#draftKey = crypto.randomUUID();
      }
      return undefined;
    } finally {
      this.#isSending = false;
    }
  }

  #written(kind: FaultKind, language: LanguageTag): Report {
    return {
      token: this.#token,
      kind,
      description: this.description.trim(),
      caller_name: '',
      caller_phone: this.phone.trim(),
      caller_email: this.email.trim() || null,
      language,
      photos: [...this.#photos],
    };
  }
}
