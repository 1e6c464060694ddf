// A pause written down by the office: why, how we know, from when, until when. Sent once.
import type { PauseBody } from '../wire.ts';
import { instantOf, localText } from '../../lib/i18n/zoned.ts';
import { asksEvidence } from './offered.ts';

const BACKDATED_MS = 60_000;

export class PauseRecord {
  reason = $state('');
  evidence = $state('');
  from = $state('');
  to = $state('');
  readonly #zone: string;
  readonly #now: () => number;
  readonly #send: (body: PauseBody, key: string) => Promise<boolean>;
  #key = crypto.randomUUID();
  #sent = '';

  constructor(
    zone: string,
    now: () => number,
    send: (body: PauseBody, key: string) => Promise<boolean>,
  ) {
    this.#zone = zone;
    this.#now = now;
    this.#send = send;
    this.from = localText(now(), zone);
  }

  get isBackdated(): boolean {
    const from = this.#from();
    return from !== null && this.#now() - Date.parse(from) > BACKDATED_MS;
  }

  /** Whether it will count only once somebody else approves. */
  get needsSecondPerson(): boolean {
    return this.isBackdated || this.reason === 'force_majeure';
  }

  get needsEvidence(): boolean {
    return this.isBackdated || asksEvidence(this.reason);
  }

  get isComplete(): boolean {
    const hasEvidence = !this.needsEvidence || this.evidence.trim() !== '';
    return this.reason !== '' && this.#from() !== null && hasEvidence;
  }

  async save(): Promise<boolean> {
    const from = this.#from();
    if (!this.isComplete || from === null) return false;
    const body: PauseBody = {
      reason: this.reason,
      evidence: this.evidence.trim(),
      from_at: from,
      to_at: this.to === '' ? null : instantOf(this.to, this.#zone),
    };
    // The same pause goes out under the same key; a corrected one is another.
    const text = JSON.stringify(body);
    if (this.#sent !== '' && this.#sent !== text) this.#key = crypto.randomUUID();
    this.#sent = text;
    return this.#send(body, this.#key);
  }

  /** This very minute means now: the seconds are not typed, and must not make it late. */
  #from(): string | null {
    const now = this.#now();
    if (this.from === localText(now, this.#zone)) return new Date(now).toISOString();
    return instantOf(this.from, this.#zone);
  }
}
