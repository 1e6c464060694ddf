// Values for tests: sensible defaults, and only what a test cares about is named in it.
// Never imported by a page.
import type {
  Board,
  BoardChanges,
  BoardVisit,
  Candidate,
  Candidates,
  Clock,
  Intervention,
  Plan,
  PlanChange,
  PlanMeasures,
  Shift,
  Technician,
  Trail,
  Visit,
} from '../wire.ts';

export const DAY = '2026-11-23';
export const ZONE = 'Europe/Andorra';

/** `at('10:30')` on the test's day, winter time: one hour ahead of UTC. */
export function at(time: string): string {
  return new Date(`${DAY}T${time}:00+01:00`).toISOString();
}

export function clock(more: Partial<Clock> = {}): Clock {
  return {
    kind: 'response',
    party: 'customer',
    round: 0,
    state: 'running',
    severity: 'S2',
    promise: { kind: 'seconds', seconds: 7200, days: null, minutes: null },
    target_seconds: 7200,
    started_at: at('10:00'),
    due_at: at('12:00'),
    at_risk_at: at('11:30'),
    internal_due_at: at('11:36'),
    original_due_at: null,
    stopped_at: null,
    remaining_seconds: 7200,
    expected_at: null,
    is_breach_predicted: false,
    ...more,
  };
}

/** Two hours counted without a break, unless told otherwise. */
export function trail(more: Partial<Trail> = {}): Trail {
  const span = { kind: 'counted' as const, from_at: at('10:00'), to_at: at('12:00'), seconds: 7200 };
  return {
    clock: clock(),
    zone: ZONE,
    ends_at: at('12:00'),
    spans: [{ ...span, note: '', author: '' }],
    origins: [],
    due_if_resumed_at: null,
    overrun_seconds: 0,
    service_overrun_seconds: 0,
    ...more,
  };
}

export function intervention(id: string, more: Partial<Intervention> = {}): Intervention {
  return {
    id,
    number: `I-${id}`,
    status: 'qualified',
    severity: 'S2',
    work_type: 'repair',
    source: 'phone',
    summary: 'Doors do not close',
    description: '',
    caller_name: 'Marta Font',
    caller_phone: '+376 800 123',
    reported_at: at('10:00'),
    region_id: 'valls',
    customer_id: 'customer',
    customer_name: 'Hotels del Valira',
    site: {
      id: `site-${id}`,
      code: 'AV-0123',
      name: 'Hotel Valira',
      address: 'Carrer Major 4, Andorra la Vella',
      position: { lat: 42.507, lon: 1.521 },
      zone: ZONE,
      access_notes: 'Key at the desk',
      contact_name: '',
      contact_phone: '',
      hazards: [],
      key_box: '',
      contacts: [],
    },
    asset: { id: `asset-${id}`, code: 'AV-0123-A', name: 'Lift A', kind: 'lift' },
    agreement_version_id: 'agreement',
    is_covered: true,
    service: 'repair',
    is_out_of_scope: false,
    out_of_scope_reason: '',
    repeat_of_id: null,
    follow_up_of_id: null,
    merged_into_id: null,
    impact: null,
    urgency: null,
    severity_proposed: null,
    severity_changes: [],
    pauses: [],
    files: [],
    checklist: [],
    parts: [],
    wanted_parts: [],
    spending: { spent_eur: '0.00', authority_eur: null, approved_eur: null, approved_reason: '', approved_by: '', goodwill: [] },
    duration_seconds: 2700,
    skills: { traction: 1 },
    window_from: null,
    window_to: null,
    waiting_reason: '',
    clocks: [clock()],
    facts: [],
    visits: [],
    allowed: ['hold', 'close', 'cancel'],
    version: 1,
    ...more,
  };
}

export function visit(id: string, more: Partial<Visit> = {}): Visit {
  return {
    id,
    intervention_id: `intervention-${id}`,
    technician_id: 'ines',
    technician_name: 'Inès Duval',
    status: 'accepted',
    starts_at: at('10:00'),
    ends_at: at('10:45'),
    travel_seconds: 900,
    late_by_seconds: 0,
    is_technician_locked: false,
    is_start_locked: false,
    announced_at: at('08:00'),
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
    allowed: ['unassign', 'cancel'],
    version: 1,
    ...more,
  };
}

/** `visit` may tell more than a bar knows. */
export function boardVisit(id: string, more: Partial<BoardVisit> = {}): BoardVisit {
  return {
    visit: visit(id),
    number: `I-${id}`,
    severity: 'S2',
    work_type: 'repair',
    service: 'repair',
    customer_id: 'customer',
    customer_name: 'Hotels del Valira',
    summary: 'Doors do not close',
    site_id: `site-${id}`,
    site_name: 'Hotel Valira',
    asset_code: 'AV-0123-A',
    position: { lat: 42.507, lon: 1.521 },
    clock: clock(),
    not_answered_at: null,
    ...more,
  };
}

export function shift(more: Partial<Shift> = {}): Shift {
  const lunch = { earliest_at: at('12:00'), latest_at: at('13:30'), duration_seconds: 1800 };
  return { kind: 'shift', starts_at: at('08:00'), ends_at: at('17:00'), lunch, ...more };
}

export function technician(id: string, visits: BoardVisit[] = []): Technician {
  const home = { lat: 42.5, lon: 1.5 };
  return {
    id,
    name: id,
    region_id: 'valls',
    region_name: 'Valls',
    phone: '',
    home,
    position: home,
    skills: { traction: 2 },
    shifts: [shift()],
    duty: { state: 'off', since: null, until: null },
    absences: [],
    seen: null,
    visits,
  };
}

export function board(more: Partial<Board> = {}): Board {
  const ends = new Date(Date.parse(at('00:00')) + 86_400_000).toISOString();
  return {
    region_id: 'valls',
    day: DAY,
    days: [{ day: DAY, starts_at: at('00:00'), ends_at: ends }],
    zone: ZONE,
    day_starts_at: at('00:00'),
    day_ends_at: ends,
    now: at('10:00'),
    cursor: 7,
    technicians: [],
    queue: [],
    ...more,
  };
}

/** Everything must be read again, unless told otherwise. */
export function boardChanges(more: Partial<BoardChanges> = {}): BoardChanges {
  const nothing = { interventions: [], technicians: [], queue: [] };
  return { cursor: 8, now: at('10:01'), is_whole: true, ...nothing, ...more };
}

export function candidate(name: string, more: Partial<Candidate> = {}): Candidate {
  return {
    technician_id: name,
    technician_name: name,
    rank: 1,
    position: 0,
    travel_seconds: 720,
    arrives_at: at('10:24'),
    starts_at: at('10:24'),
    lateness_seconds: 0,
    keeps_promise: true,
    delta: 720,
    terms: { travel: 720 },
    moves: [],
    drops: [],
    reasons: [],
    basis: `basis-${name}`,
    ...more,
  };
}

export function candidates(...list: Candidate[]): Candidates {
  return {
    intervention_id: 'one',
    due_at: at('12:00'),
    candidates: list,
    access: null,
    blocked: [],
    elapsed_ms: 12,
  };
}

export function plan(more: Partial<Plan> = {}): Plan {
  return {
    id: 'plan',
    region_id: 'valls',
    day: DAY,
    intervention_ids: null,
    status: 'running',
    seconds: 10,
    seed: 0,
    change_budget: 3,
    requested_at: at('10:00'),
    finished_at: null,
    problem_code: null,
    elapsed_seconds: 1,
    iterations: 100,
    trace: [],
    diff: null,
    stale_changes: 0,
    iterations_wanted: null,
    workers: 1,
    engine: 'palier',
    release: '0.1.0',
    queue_position: 0,
    bound: null,
    gap: null,
    version: 1,
    ...more,
  };
}

export function planMeasures(more: Partial<PlanMeasures> = {}): PlanMeasures {
  return {
    total: 600,
    travel_seconds: 600,
    late: 0,
    on_time: 1,
    unassigned: 0,
    overtime_seconds: 0,
    terms: { travel: 600 },
    ...more,
  };
}

export function planChange(more: Partial<PlanChange> = {}): PlanChange {
  return {
    kind: 'moved',
    intervention_id: 'one',
    visit_id: 'visit',
    number: 'I-one',
    severity: 'S2',
    summary: 'Doors do not close',
    site_name: 'Hotel Valira',
    is_announced: true,
    from_technician_id: 'ines',
    from_technician_name: 'Inès Duval',
    from_starts_at: at('10:00'),
    to_technician_id: 'marc',
    to_technician_name: 'Marc Font',
    to_starts_at: at('11:00'),
    lateness_before_seconds: 0,
    lateness_after_seconds: 0,
    promise: null,
    tells_customer: false,
    is_stale: false,
    ...more,
  };
}
