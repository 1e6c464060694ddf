// Agreements for tests: only what matters is given, the rest is sensible. Never imported by a page.
import type { Lookup } from '../terms/told.ts';
import type { Agreement, AgreementBrief, Clause, ServiceRow, Terms, Version } from '../wire.ts';

export const line = (given: Partial<Clause> = {}): Clause => ({
  service: null,
  severity: null,
  clock: null,
  region_id: null,
  site_id: null,
  asset_id: null,
  promise: null,
  calendar_id: null,
  starts_at: null,
  stops_at: null,
  warn_percents: null,
  internal_percent: null,
  internal_seconds: null,
  stops_for_parts: null,
  ...given,
});

export const hours = (amount: number): Clause['promise'] => ({
  kind: 'seconds',
  seconds: amount * 3600,
  days: null,
  minutes: null,
});

export const serviceRow = (given: Partial<ServiceRow> = {}): ServiceRow => ({
  service: 'lift-repair',
  site_ids: null,
  exclusions: [],
  checklist: [],
  availability_percent: null,
  availability_calendar_id: null,
  ...given,
});

export const terms = (given: Partial<Terms> = {}): Terms => ({
  services: [serviceRow()],
  clauses: [line({ severity: 'S2', clock: 'response', promise: hours(4), calendar_id: 'office' })],
  policies: { on_upgrade: null, reopen_seconds: null },
  escalation: [],
  penalties: null,
  amendment: { notice_days: 30, effective: 'any_day', approver: '' },
  responsibilities: [],
  obligations: [],
  desired_outcome: '',
  objectives: [],
  pricing: null,
  ...given,
});

export function version(given: Partial<Version> = {}): Version {
  return {
    id: 'v1',
    number: 1,
    status: 'draft',
    valid_from: '2026-01-01',
    valid_to: null,
    written_to: null,
    zone: 'Europe/Andorra',
    terms: terms(),
    fingerprint: 'f'.repeat(64),
    author_name: 'Emma',
    blanket_reason: '',
    blanket_reason_by: '',
    attachments: [],
    signatories: [],
    signed_file: null,
    allowed: [],
    version: 3,
    ...given,
  } as Version;
}

export function agreement(given: Partial<Agreement> = {}): Agreement {
  return {
    id: 'a1',
    number: 'SLA-001',
    customer_id: 'c1',
    customer_name: 'Hotel Valira',
    kind: 'customer',
    party: '',
    name: 'Full service',
    owner_name: 'Emma',
    owner_id: null,
    backup_name: '',
    backup_id: null,
    is_owner_gone: false,
    review_every_months: 12,
    next_review_on: null,
    is_review_overdue: false,
    versions: [version()],
    version: 1,
    ...given,
  };
}

export const brief = (given: Partial<AgreementBrief> = {}): AgreementBrief =>
  ({
    id: 'a1',
    number: 'SLA-001',
    customer_name: 'Hotel Valira',
    kind: 'customer',
    party: '',
    name: 'Full service',
    owner_name: 'Emma',
    status: 'active',
    is_review_overdue: false,
    ...given,
  }) as AgreementBrief;

export const names: Lookup = {
  serviceName: (code) => ({ 'lift-repair': 'Lift repair', inspection: 'Inspection' })[code] ?? code,
  regionName: () => 'Ordino',
  siteName: () => 'Hotel Valira',
  assetName: () => 'Lift A',
  calendar: (id) => {
    if (id === 'always') return { name: 'Day and night', always_open: true };
    return id === null ? undefined : { name: 'Working days', always_open: false };
  },
};
