// Sites, lifts and interventions for tests: only what matters there is given, the rest is ordinary.

import type {
  AgreementVersion,
  Asset,
  Card,
  CardHours,
  CardPromise,
  Commitment,
  CreditNote,
  Intervention,
  Notice,
  Site,
  Trail,
  Visit,
} from '../wire.ts';

export const ZONE = 'Europe/Andorra';
/** An ordinary Tuesday; Andorra is two hours ahead of UTC. */
export const TODAY = '2026-06-02';

/** An instant of the day in Andorra: `today('09:40')`. */
export function today(time: string): string {
  return new Date(`${TODAY}T${time}:00+02:00`).toISOString();
}

export function here(time = '12:00'): { zone: string; now: Date } {
  return { zone: ZONE, now: new Date(today(time)) };
}

export function aLift(given: Partial<Asset> = {}): Asset {
  return {
    id: 'lift-b',
    code: 'AV-0001-B',
    name: 'Lift B',
    kind: 'lift',
    state: 'working',
    since: null,
    intervention: null,
    ...given,
  };
}

export function aSite(given: Partial<Site> = {}): Site {
  return {
    id: 'roc',
    name: 'Hotel Roc',
    address: 'Carrer Major 1, Andorra la Vella',
    zone: ZONE,
    assets: [aLift({ id: 'lift-a', name: 'Lift A' }), aLift()],
    ...given,
  };
}

export function aVisit(given: Partial<Visit> = {}): Visit {
  return {
    technician_first_name: 'Inès',
    state: 'expected',
    from_at: today('14:05'),
    to_at: today('14:25'),
    is_late: false,
    ...given,
  };
}

export function aPromise(given: Partial<Commitment> = {}): Commitment {
  return { state: 'on_time', due_at: today('14:40'), target_seconds: 14_400, ...given };
}

export function anIntervention(given: Partial<Intervention> = {}): Intervention {
  return {
    id: 'intervention-1',
    number: 'INT-1',
    site_id: 'roc',
    site_name: 'Hotel Roc',
    asset_id: 'lift-b',
    asset_name: 'Lift B',
    severity: 'S2',
    summary: 'Does not move',
    reported_at: today('09:40'),
    arrived_at: null,
    released_at: null,
    restored_at: null,
    ended_at: null,
    is_open: true,
    is_planned: false,
    outcome: '',
    visit: null,
    promise: aPromise(),
    ...given,
  };
}

export function aNotice(given: Partial<Notice> = {}): Notice {
  return {
    seq: 1,
    at: today('10:00'),
    code: 'on_the_way',
    facts: {},
    site_id: 'roc',
    intervention_id: 'intervention-1',
    is_read: false,
    ...given,
  };
}

/** Monday to Saturday from seven to eight in the evening. */
export const EXTENDED: CardHours = {
  zone: ZONE,
  always_open: false,
  weekly: Object.fromEntries(Array.from({ length: 6 }, (_, day) => [day, [[420, 1200]]])),
};

export function aCardPromise(given: Partial<CardPromise> = {}): CardPromise {
  return {
    severity: 'S2',
    clock: 'response',
    promise: { kind: 'seconds', seconds: 7200, days: null, minutes: null },
    hours: EXTENDED,
    ...given,
  };
}

export function aCard(given: Partial<Card> = {}): Card {
  return {
    site_id: 'roc',
    site_name: 'Hotel Roc',
    service: 'LIFT-REPAIR',
    service_names: { en: 'Lift repair', fr: 'Dépannage', es: 'Reparación', nl: 'Herstelling' },
    agreement_number: 'AGR-1',
    version_number: 1,
    day: TODAY,
    promises: [aCardPromise()],
    exclusions: [],
    availability_percent: null,
    ...given,
  };
}

export function aTrail(given: Partial<Trail> = {}): Trail {
  return {
    kind: 'response',
    severity: 'S2',
    state: 'on_time',
    promise: { kind: 'seconds', seconds: 14_400, days: null, minutes: null },
    started_at: today('09:40'),
    due_at: today('13:40'),
    original_due_at: null,
    stopped_at: null,
    ends_at: today('13:40'),
    zone: ZONE,
    spans: [{ kind: 'counted', from_at: today('09:40'), to_at: today('13:40'), seconds: 14_400, note: '' }],
    ...given,
  };
}

export function aVersion(given: Partial<AgreementVersion> = {}): AgreementVersion {
  return {
    id: `version-${given.number ?? 1}`,
    number: 1,
    status: 'active',
    valid_from: '2026-01-01',
    valid_to: null,
    signed_on: '2025-12-15',
    signatories: [],
    files: [],
    responsibilities: [],
    obligations: [],
    desired_outcome: '',
    objectives: [],
    notice_days: 30,
    penalties: null,
    pricing: null,
    services: ['LIFT-REPAIR'],
    ...given,
  };
}

export function aCreditNote(given: Partial<CreditNote> = {}): CreditNote {
  return {
    number: 'CN-2026-0001',
    agreement_number: 'AGR-1',
    month: '2026-05',
    currency: 'EUR',
    amount: '9.00',
    lines: [{ kind: 'per_breach', amount: '9.00', availability: null }],
    counters: null,
    approved_on: '2026-06-01',
    unit_name: 'Hotel Roc',
    ...given,
  };
}
