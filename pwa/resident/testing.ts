// A small server for the tests of this page: one lift, one report, and a net that may be gone.

import { Problem } from '../lib/api/index.ts';
import type { Gateway, LabelPlace, Report, Tracked } from './gateway.ts';
import type { Keeping, Kept } from './kept.ts';

export const aPlace: LabelPlace = {
  asset_name: 'Lift A',
  asset_kind: 'lift',
  site_name: 'Hotel Roc',
  address: 'Carrer Major 7',
  zone: 'Europe/Andorra',
  office_phone: '+376800123',
  known_since: null,
  tells_by_mail: true,
};

export const aTracked: Tracked = {
  asset_name: 'Lift A',
  site_name: 'Hotel Roc',
  zone: 'Europe/Andorra',
  state: 'reported',
  is_entrapment: false,
  reported_at: '2026-06-02T07:15:00Z',
  from_at: null,
  to_at: null,
  is_late: false,
  arrived_at: null,
  released_at: null,
  restored_at: null,
  ended_at: null,
  refusal: '',
  office_phone: '+376800123',
  open_until: null,
  may_answer: false,
};

export class Server implements Gateway {
  problem: Problem | undefined;
  tells: Tracked = aTracked;
  readonly arrived = new Map<string, Report>();
  asked = 0;

  place(): Promise<LabelPlace> {
    return this.#answer(aPlace);
  }

  async report(report: Report, key: string) {
    const reported = await this.#answer({ path: '/t/given', is_joined: false, office_phone: '' });
    this.arrived.set(key, report);
    return reported;
  }

  tracked(): Promise<Tracked> {
    this.asked++;
    return this.#answer(this.tells);
  }

  survey(): Promise<string> {
    return this.#answer('/portal/#/feedback/given');
  }

  #answer<T>(value: T): Promise<T> {
    return this.problem ? Promise.reject(this.problem) : Promise.resolve(value);
  }
}

export class Drawer implements Keeping {
  kept: Kept | undefined;

  read(): Kept | undefined {
    return this.kept;
  }

  write(kept: Kept): void {
    this.kept = kept;
  }

  clear(): void {
    this.kept = undefined;
  }
}

export const noNet = new Problem({ code: 'offline' }, 0);
