// A manager's agreements with us, and the credit notes that came of missed promises.

import { Problem } from '../lib/api/index.ts';
import type { Face } from '../lib/ui/Faces.svelte';
import { faceOf } from '../lib/ui/problems.ts';
import { coalesced } from './coalesced.ts';
import type { Gateway } from './gateway.ts';
import type { Agreement, AgreementVersion, CreditNote, Service } from './wire.ts';

type Server = Pick<Gateway, 'agreements' | 'creditNotes' | 'services'>;

interface Answer {
  readonly agreements: readonly Agreement[];
  readonly creditNotes: readonly CreditNote[];
  readonly services: readonly Service[];
}

export class Agreements {
  readonly refresh: () => Promise<void>;
  #gateway: Server;
  #answer = $state.raw<Answer>();
  #problem = $state.raw<Problem>();

  constructor(gateway: Server) {
    this.#gateway = gateway;
    this.refresh = coalesced(() => this.#load());
  }

  get face(): Face {
    if (this.#answer) return this.items.length + this.houseCreditNotes.length === 0 ? 'empty' : 'ready';
    return this.#problem ? faceOf(this.#problem) : 'loading';
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  get items(): readonly Agreement[] {
    return (this.#answer?.agreements ?? []).filter(({ versions }) => versions.length > 0);
  }

  get services(): readonly Service[] {
    return this.#answer?.services ?? [];
  }

  creditNotesOf({ number }: Agreement): readonly CreditNote[] {
    return (this.#answer?.creditNotes ?? []).filter(({ agreement_number }) => agreement_number === number);
  }

  /** Of promises to every customer: no agreement of this customer's own names them. */
  get houseCreditNotes(): readonly CreditNote[] {
    const own = new Set(this.items.map(({ number }) => number));
    return (this.#answer?.creditNotes ?? []).filter(({ agreement_number }) => !own.has(agreement_number));
  }

  async #load(): Promise<void> {
    try {
      const [agreements, creditNotes, services] = await Promise.all([
        this.#gateway.agreements(),
        this.#gateway.creditNotes(),
        this.#gateway.services(),
      ]);
      this.#answer = { agreements, creditNotes, services };
      this.#problem = undefined;
    } catch (error) {
      this.#problem = Problem.from(error);
    }
  }
}

/** The version that counts on a day (`2026-06-02`), the one to come, and those that are over. */
export function byDay(versions: readonly AgreementVersion[], day: string) {
  const isOver = ({ valid_to }: AgreementVersion): boolean => valid_to !== null && valid_to <= day;
  return {
    current: versions.find((version) => version.valid_from <= day && !isOver(version)),
    coming: versions.filter((version) => version.valid_from > day && !isOver(version)),
    past: versions.filter(isOver),
  };
}
