// A fault as it is being reported: which lift, what happens, a few words. The dialog draws it.

import { Problem } from '../lib/api/index.ts';
import { MOST_PHOTOS } from '../lib/photos/photo.ts';
import type { Gateway } from './gateway.ts';
import type { Intervention, Report } from './wire.ts';

export const reportKinds = ['person_trapped', 'out_of_service', 'degraded', 'request'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** What somebody was looking at when they began to report. */
export interface ReportAbout {
  readonly siteId?: string;
  readonly assetId?: string;
}

export class FaultReport {
  assetId = $state('');
  kind = $state<ReportKind | ''>('');
  description = $state('');
  #photos = $state.raw<readonly string[]>([]);
  #gateway: Pick<Gateway, 'report'>;
  #wasTried = $state(false);
  #isSending = $state(false);
  #problem = $state.raw<Problem>();
  #key = '';
  #keyedBody = '';

  constructor(gateway: Pick<Gateway, 'report'>) {
    this.#gateway = gateway;
  }

  /** Opens the form about a lift, or about none yet. What was typed and not sent is still there. */
  begin(assetId: string): void {
    this.assetId = assetId;
    this.#wasTried = false;
    this.#problem = undefined;
  }

  get photos(): readonly string[] {
    return this.#photos;
  }

  addPhoto(photo: string): void {
    this.#photos = [...this.#photos, photo].slice(0, MOST_PHOTOS);
  }

  removePhoto(place: number): void {
    this.#photos = this.#photos.filter((_, each) => each !== place);
  }

  get isSending(): boolean {
    return this.#isSending;
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  get lacksAsset(): boolean {
    return this.#wasTried && this.assetId === '';
  }

  get lacksKind(): boolean {
    return this.#wasTried && this.kind === '';
  }

  /** A trapped person is helped by a voice first: the page shows whom to call. */
  get needsCall(): boolean {
    return this.kind === 'person_trapped';
  }

  /** Sends the report; undefined when something is missing or it did not arrive. Text is kept. */
  async send(): Promise<Intervention | undefined> {
    this.#wasTried = true;
    if (this.#isSending || this.assetId === '' || this.kind === '') return undefined;
    const body = {
      asset_id: this.assetId,
      kind: this.kind,
      description: this.description.trim(),
      photos: [...this.#photos],
    };
    this.#isSending = true;
    this.#problem = undefined;
    try {
      const sent = await this.#gateway.report(body, this.#keyFor(body));
      this.#clear();
      return sent;
    } catch (error) {
      this.#problem = Problem.from(error);
      return undefined;
    } finally {
      this.#isSending = false;
    }
  }

  #clear(): void {
    this.begin('');
    this.kind = '';
    this.description = '';
    this.#photos = [];
    this.#keyedBody = '';
  }

  /** The same report keeps its key, so that a second press is not a second call. */
  #keyFor(body: Report): string {
    const text = JSON.stringify(body);
    if (text !== this.#keyedBody) {
      this.#keyedBody = text;
      this.#key = crypto.randomUUID();
    }
    return this.#key;
  }
}
