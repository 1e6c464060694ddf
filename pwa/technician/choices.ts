// What a technician can be asked to choose from. The words for each are in messages/.

import type { CommandKind, VisitDetail } from '../lib/offline/commands.ts';
import { nextStep } from '../lib/offline/moves.ts';
import type { Projected } from '../lib/offline/project.ts';
import type { Cause } from './completion.svelte.ts';

export type Asking = 'decline' | 'pause' | 'cannot_complete';

/** Reasons by what they are given for; `other` asks for words. */
export const reasons: Record<Asking, readonly string[]> = {
  decline: ['no_time', 'no_skill', 'no_material', 'unwell', 'other'],
  pause: [
    'no_access',
    'safety_stop',
    'awaiting_customer_decision',
    'awaiting_parts',
    'resolved_pending_confirmation',
  ],
  cannot_complete: [
    'no_access',
    'awaiting_parts',
    'second_person_needed',
    'safety_stop',
    'awaiting_customer_decision',
    'other',
  ],
};

/** What stops a clock has to be shown: who was spoken to, what was seen. Parts stop none. */
export function needsEvidence(kind: CommandKind, reason: string): boolean {
  return kind === 'pause' && reason !== '' && reason !== 'awaiting_parts';
}

/** Minutes somebody says to be late by. */
export const delays = [5, 15, 30] as const;

export const causes: readonly Cause[] = [
  'door',
  'levelling',
  'drive',
  'control',
  'power',
  'wear',
  'noise',
  'vandalism',
  'entrapment',
  'none_found',
  'other',
];

/** Reasons that are not complete without words. */
export function needsWords(kind: CommandKind, reason: string): boolean {
  return reason === 'other' || needsEvidence(kind, reason);
}

/** Nobody who is asked to go has to look for how to say no: it has a button of its own. */
export function mayDeclineAtOnce({ status, allowed, parked }: Projected): boolean {
  return status === 'dispatched' && allowed.includes('decline') && parked.length === 0;
}

/** Parts go in where somebody is or was; before that there is nothing to count. */
export function mayAddParts({ allowed }: Projected): boolean {
  return allowed.includes('note') && allowed.includes('order_follow_up');
}

/** Behind "⋯", rarest last; the next step and a released person have buttons of their own. */
const rare: readonly CommandKind[] = [
  'arrive',
  'running_late',
  'note',
  'made_safe',
  'back_in_service',
  'order_follow_up',
  'pause',
  'complete_partially',
  'cannot_complete',
  'decline',
];

export function rareChoices(visit: Projected): CommandKind[] {
  const { status, detail, allowed } = visit;
  return rare.filter(
    (kind) =>
      allowed.includes(kind) &&
      kind !== nextStep(status) &&
      !isKnown(detail.facts, kind) &&
      (kind !== 'decline' || !mayDeclineAtOnce(visit)) &&
      (kind !== 'back_in_service' || asksRunning(detail)),
  );
}

/** On an entrapment the released person is reported by a button of its own, once. */
export function mayReportRelease({ detail, allowed }: Projected): boolean {
  const { severity, facts } = detail;
  return severity === 'S1' && allowed.includes('person_released') && !isKnown(facts, 'person_released');
}

/** A round is nobody's complaint: nothing is wrong, and nobody called. */
export function isPlannedWork({ work_type }: VisitDetail): boolean {
  return work_type === 'maintenance' || work_type === 'inspection';
}

/** Whether a return to service is a question: not after a round, not once it was reported. */
export function asksRunning(detail: VisitDetail): boolean {
  const { severity, clocks, facts } = detail;
  if (isPlannedWork(detail)) return false;
  if (severity === 'S4' && !clocks.some(({ kind }) => kind === 'resolution')) return false;
  return !isKnown(facts, 'back_in_service');
}

export function asksReason(kind: CommandKind): kind is Asking {
  return kind in reasons;
}

function isKnown(facts: VisitDetail['facts'], kind: CommandKind): boolean {
  return facts.some((fact) => fact.kind === kind);
}
