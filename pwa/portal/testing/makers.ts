// Sites, lifts and interventions for tests: only what matters there is given, the rest is ordinary.

import type { Asset, Commitment, Intervention, Notice, Site, Visit } from '../wire.ts';

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
