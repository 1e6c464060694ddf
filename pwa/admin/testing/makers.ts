// Values for tests: sensible defaults, and only what a test cares about is named in it.
// Never imported by a page.
import type { Breach, Excuse } from '../breaches/gateway.ts';
import type { CreditNote } from '../credits/gateway.ts';
import type { Figure } from '../figures/gateway.ts';

export function excuse(more: Partial<Excuse> = {}): Excuse {
  return {
    id: 'excuse',
    reason: 'The road was closed',
    proposed_by: 'Dora',
    proposed_at: '2026-11-24T09:00:00Z',
    decision: null,
    decided_by: '',
    decided_at: null,
    ...more,
  };
}

export function breach(more: Partial<Breach> = {}): Breach {
  return {
    id: 'breach',
    intervention_id: 'intervention',
    number: 'I-1',
    summary: 'Stands still',
    site_name: 'Hotel Valira',
    customer_id: 'customer',
    customer_name: 'Hotels del Valira',
    region_id: 'valls',
    party: 'customer',
    clock: 'response',
    round: 0,
    severity: 'S2',
    occurred_at: '2026-11-23T11:00:00Z',
    recorded_at: '2026-11-23T11:00:02Z',
    stopped_at: '2026-11-23T12:20:00Z',
    overrun_seconds: 4800,
    overturned_at: null,
    overturned_because: '',
    excuses: [],
    counts: true,
    can_propose: true,
    can_decide: false,
    version: 1,
    ...more,
  };
}

export function credit(more: Partial<CreditNote> = {}): CreditNote {
  return {
    id: 'note',
    number: null,
    status: 'proposed',
    customer_id: 'customer',
    customer_name: 'Hotels del Valira',
    agreement_number: 'AGR-004',
    agreement_version_id: 'version',
    unit: 'agreement',
    unit_id: 'agreement',
    unit_name: 'Lifts',
    month: '2026-10',
    currency: 'EUR',
    fee: '1000.00',
    amount: '50.00',
    lines: [{ kind: 'per_breach', amount: '50.00' }],
    breach_ids: ['breach'],
    counters: null,
    countered_by: null,
    reason: '',
    proposed_at: '2026-11-01T05:00:00Z',
    proposed_by: '',
    checked_at: null,
    checked_by: '',
    approved_at: null,
    approved_by: '',
    allowed: ['check', 'drop'],
    version: 1,
    ...more,
  };
}

export function figure(more: Partial<Figure> = {}): Figure {
  return {
    measure: 'sla_attainment',
    definition_version: 1,
    clock: 'response',
    value: '96.42',
    unit: 'percent',
    numerator: 27,
    denominator: 28,
    outside: {},
    facts: {},
    ...more,
  };
}
