// Visits and phones for tests: each maker needs only what matters to the test.

import type { CommandBody, CommandResult, VisitDetail, VisitPending } from '../commands.ts';
import { Outbox, type OutboxParts, type Send } from '../outbox.ts';
import { Store } from '../store.ts';

type Visit = VisitDetail['visit'];
type Clock = VisitDetail['clocks'][number];
type Item = VisitDetail['checklist'][number]['item'];

export function visit(changes: Partial<Visit> = {}, detail: Partial<VisitDetail> = {}): VisitDetail {
  return {
    visit: {
      id: 'visit-1',
      intervention_id: 'intervention-1',
      technician_id: 'technician-1',
      technician_name: 'Inès Roca',
      status: 'dispatched',
      starts_at: '2026-11-23T09:30:00Z',
      ends_at: '2026-11-23T10:15:00Z',
      travel_seconds: 900,
      late_by_seconds: 0,
      is_technician_locked: false,
      is_start_locked: false,
      announced_at: '2026-11-23T09:00:00Z',
      accepted_at: null,
      en_route_at: null,
      arrived_at: null,
      work_started_at: null,
      finished_at: null,
      cause: null,
      action: '',
      note: '',
      reason: '',
      why: null,
      skew_seconds: null,
      not_answered_at: null,
      allowed: ['accept', 'decline', 'cannot_complete', 'note'],
      version: 5,
      ...changes,
    },
    number: 'AV-1042',
    severity: 'S2',
    work_type: 'repair',
    summary: 'Doors do not close on floor 3',
    description: '',
    caller_name: 'Marta Pla',
    caller_phone: '+376 700 001',
    reported_at: '2026-11-23T08:50:00Z',
    intervention_status: 'scheduled',
    site: {
      id: 'site-1',
      code: 'AV-0007',
      name: 'Edifici Prat Gran',
      address: 'Avinguda Meritxell 7, Andorra la Vella',
      position: { lat: 42.5078, lon: 1.5211 },
      zone: 'Europe/Andorra',
      access_notes: '',
      contact_name: '',
      contact_phone: '',
      hazards: [],
      key_box: '',
      contacts: [],
    },
    asset: { id: 'asset-1', code: 'AV-0007-A', name: 'Lift A', kind: 'lift' },
    asset_card: { levels: 6, maker: 'Ascenda', installed_on: '2004-05-17', is_retired: false, last_visits: [] },
    clocks: [],
    facts: [],
    trails: [],
    checklist: [],
    exclusions: [],
    files: [],
    parts: [],
    wanted_parts: [],
    spending: { spent_eur: '0.00', authority_eur: null, approved_eur: null, approved_reason: '', approved_by: '', goodwill: [] },
    duration_seconds: 2700,
    ...detail,
  };
}

export function clock(changes: Partial<Clock> = {}): Clock {
  return {
    kind: 'response',
    party: 'customer',
    round: 0,
    state: 'running',
    severity: 'S2',
    promise: { kind: 'seconds', seconds: 7200, days: null, minutes: null },
    target_seconds: 7200,
    started_at: '2026-11-23T08:50:00Z',
    due_at: '2026-11-23T10:50:00Z',
    at_risk_at: '2026-11-23T10:20:00Z',
    internal_due_at: null,
    original_due_at: null,
    stopped_at: null,
    remaining_seconds: null,
    expected_at: null,
    is_breach_predicted: false,
    ...changes,
  };
}

/** Something to tick, unless it is said to be a reading. */
export function item(changes: Partial<Item> = {}): VisitDetail['checklist'][number] {
  const asked = { key: 'doors', label: 'Doors close', kind: 'check', is_mandatory: true, unit: '', low: null, high: null } as const;
  return { item: { ...asked, ...changes }, value: null, reason: '', at: null, author: '' };
}

/** A reading between 5 and 30 mm. */
export function reading(changes: Partial<Item> = {}): VisitDetail['checklist'][number] {
  return item({ key: 'gap', label: 'Gap at the sill', kind: 'reading', unit: 'mm', low: '5', high: '30', ...changes });
}

let order = 0;

/** A step on its way, for visit-1 unless another is named. */
export function unsent(kind: VisitPending['kind'], changes: Partial<VisitPending> = {}): VisitPending {
  return {
    order: ++order,
    id: `command-${order}`,
    target: { kind: 'visit', id: 'visit-1' },
    kind,
    payload: {},
    at: '2026-11-23T10:00:00.000Z',
    clockOffsetSeconds: 0,
    baseVersion: 5,
    device: 'phone',
    sequence: order,
    state: 'waiting',
    tries: 0,
    refusal: null,
    heldUntil: null,
    files: [],
    ...changes,
  };
}

let accounts = 0;

/** A store of its own, holding these visits. */
export async function storeWith(...details: VisitDetail[]): Promise<Store> {
  const store = new Store(`account-${++accounts}`);
  await store.write(async (writing) => {
    for (const detail of details)
      await writing.objectStore('visits').put({ id: detail.visit.id, detail, isGone: false });
  });
  return store;
}

/** What a server would answer when it carried the command out. */
export function appliedTo(detail: VisitDetail, command: CommandBody, changes: Partial<Visit> = {}): CommandResult {
  const version = command.base_version + 1;
  return {
    id: command.id,
    outcome: 'applied',
    code: null,
    facts: {},
    visit: { ...detail.visit, version, ...changes },
  };
}

/** A server that judges each command on its own, in the order they came. */
export function oneByOne(judge: (visitId: string, command: CommandBody) => Promise<CommandResult>): Send {
  return async ({ id }, commands) => {
    const results: CommandResult[] = [];
    for (const command of commands) results.push(await judge(id, command));
    return results;
  };
}

/** Timers that run when the test says so. */
export class Later {
  waiting: (() => void)[] = [];
  readonly set = (act: () => void): void => void this.waiting.push(act);

  pass(): void {
    for (const act of this.waiting.splice(0)) act();
  }
}

export function outboxWith(parts: Pick<OutboxParts, 'store' | 'send'> & Partial<OutboxParts>): Outbox {
  return new Outbox({
    clock: { offsetSeconds: 0 },
    settleClock: async () => undefined,
    locks: navigator.locks,
    isOnline: () => true,
    now: Date.now,
    later: () => undefined,
    random: () => 0.5,
    ...parts,
  });
}

/** Waits until nothing is being sent and returns what is still unsent. */
export async function settled(outbox: Outbox, store: Store) {
  await outbox.flush();
  return store.pending();
}
