// What the technician sees: the server's last word with the phone's unsent commands on top.
// Neither is ever changed by the other.

import { type Answer, withAnswers } from './checklist.ts';
import {
  type CommandKind,
  happenedAt,
  isAddition,
  isOfVisit,
  type Pending,
  type VisitDetail,
  type VisitPending,
  type VisitStatus,
} from './commands.ts';
import { allowedIn, stateAfter } from './moves.ts';

type Visit = VisitDetail['visit'];
type Clock = VisitDetail['clocks'][number];
type FactKind = VisitDetail['facts'][number]['kind'];

export interface Projected {
  readonly id: string;
  readonly detail: VisitDetail;
  readonly status: VisitStatus;
  readonly allowed: readonly CommandKind[];
  /** Waiting to be sent, oldest first. */
  readonly waiting: readonly VisitPending[];
  /** Not done by the server and waiting for the technician's decision, oldest first. */
  readonly parked: readonly VisitPending[];
}

const stamps: Partial<Record<CommandKind, keyof Visit>> = {
  accept: 'accepted_at',
  start_travel: 'en_route_at',
  arrive: 'arrived_at',
  start_work: 'work_started_at',
  complete: 'finished_at',
  complete_partially: 'finished_at',
  cannot_complete: 'finished_at',
};

const stoppedBy: Partial<Record<CommandKind | FactKind, readonly Clock['kind'][]>> = {
  accept: ['acknowledge'],
  arrive: ['response'],
  person_released: ['safe'],
  back_in_service: ['resolution'],
};

export function project(detail: VisitDetail, pending: readonly Pending[]): Projected {
  const own = pending.filter(isOfVisit).filter(({ target }) => target.id === detail.visit.id);
  const waiting = own.filter(({ state }) => state === 'waiting');
  const parked = own.filter(({ state }) => state === 'parked');
  // What stands behind a parked step will not be sent before it, so it has not happened yet either.
  const held = firstMoveOf(parked);
  const shown = waiting
    .filter((item) => isAddition(item.kind) || held === undefined || item.order! < held)
    .reduce(applied, detail);
  return {
    id: detail.visit.id,
    detail: shown,
    status: shown.visit.status,
    allowed: waiting.length > 0 ? allowedIn(shown.visit.status) : agreedWith(detail.visit),
    waiting,
    parked,
  };
}

/** The version the server will be at once everything before has been carried out. */
export function expectedVersion(known: number, own: readonly Pending[]): number {
  const waiting = own.filter(({ state }) => state === 'waiting');
  return Math.max(known, ...waiting.map(({ baseVersion }) => baseVersion + 1));
}

function firstMoveOf(parked: readonly VisitPending[]): number | undefined {
  return parked.find(({ kind }) => !isAddition(kind))?.order;
}

function agreedWith(visit: Visit): CommandKind[] {
  return allowedIn(visit.status).filter((kind) => visit.allowed.includes(kind));
}

/** The visit as it is once this command has been carried out. */
export function applied(detail: VisitDetail, command: VisitPending): VisitDetail {
  const status = stateAfter(detail.visit.status, command.kind);
  if (status === undefined) return detail;
  const at = happenedAt(command);
  const stamp = stamps[command.kind];
  return {
    ...detail,
    visit: { ...detail.visit, ...payloadOf(command), ...(stamp ? { [stamp]: at } : {}), status },
    checklist: withAnswers(detail.checklist, answersIn(command), {
      at,
      author: detail.visit.technician_name,
    }),
    facts: factOf(command) ? withFact(detail.facts, factOf(command)!, at) : detail.facts,
    clocks: detail.clocks.map((clock) =>
      clocksStoppedBy(command).includes(clock.kind) ? stopped(clock, at) : clock,
    ),
  };
}

/** What is asked to be shown is answered by the file itself. */
function answersIn({ payload, files }: VisitPending): Answer[] {
  const shown = files.flatMap(({ item, id }) => (item === null ? [] : [{ item, value: id }]));
  return [...(payload.answers ?? []), ...shown];
}

function clocksStoppedBy(command: VisitPending): readonly Clock['kind'][] {
  return stoppedBy[factOf(command) ?? command.kind] ?? [];
}

/** The fact a command establishes: its own, or that the asset runs again. */
function factOf({ kind, payload }: VisitPending): FactKind | undefined {
  if (kind === 'person_released' || kind === 'made_safe' || kind === 'back_in_service') return kind;
  return payload.is_back_in_service === true ? 'back_in_service' : undefined;
}

function payloadOf({ kind, payload }: VisitPending): Partial<Visit> {
  if (kind === 'running_late') return { late_by_seconds: (payload.minutes ?? 0) * 60 };
  if (kind === 'complete') return { cause: payload.cause ?? null, action: payload.action ?? '' };
  if (isAddition(kind)) return payload.note ? { note: payload.note } : {};
  return payload.reason ? { reason: payload.reason } : {};
}

/** A time already recorded is never overwritten. */
function withFact(facts: VisitDetail['facts'], kind: FactKind, at: string): VisitDetail['facts'] {
  return facts.some((fact) => fact.kind === kind) ? facts : [...facts, { kind, at, device_at: at }];
}

function stopped(clock: Clock, at: string): Clock {
  if (clock.stopped_at !== null) return clock;
  const isLate = clock.due_at !== null && Date.parse(at) > Date.parse(clock.due_at);
  return { ...clock, stopped_at: at, state: isLate ? 'breached' : 'met' };
}
