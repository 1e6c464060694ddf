// Which commands the office sees, in the order they are offered, and which of them ask why.
// Whether a command is possible now is the server's word (`allowed`).
import type { Problem } from '../../lib/api/problem.ts';
import { t, wordFor } from '../../lib/i18n/index.ts';
import type { Answer, Intervention, InterventionCommand, VisitCommand } from '../wire.ts';

export const INTERVENTION_COMMANDS: readonly InterventionCommand[] = [
  'acknowledge',
  'qualify',
  'refuse',
  'hold',
  'release_hold',
  'waive_evidence',
  'close',
  'reopen',
  'rule_out_of_scope',
  'bring_in_scope',
  'cancel',
];

/** What a technician does on site is not offered here, even where the server would allow it. */
export const VISIT_COMMANDS: readonly VisitCommand[] = [
  'dispatch',
  'pause',
  'resume',
  'person_released',
  'unassign',
  'cancel',
];

export const PAUSE_REASONS = [
  'no_access',
  'customer_requested_slot',
  'safety_stop',
  'awaiting_customer_decision',
  'force_majeure',
  'awaiting_parts',
  'resolved_pending_confirmation',
] as const;

/** A pause for these stops no clock, so nobody has to show how we know. */
const WITHOUT_EVIDENCE: ReadonlySet<string> = new Set(['awaiting_parts']);

export function asksEvidence(reason: string): boolean {
  return !WITHOUT_EVIDENCE.has(reason);
}

export type Asking = 'nothing' | 'pause_reason' | 'free_text';

/** Whether somebody has been at the place yet. */
export function wasVisited({ visits }: Pick<Intervention, 'visits'>): boolean {
  return visits.some(({ arrived_at: at }) => at !== null);
}

/** What is asked for with a command; closing what nobody has been at is asked about first. */
export function asks(kind: InterventionCommand | VisitCommand, isVisited = true): Asking {
  switch (kind) {
    case 'close':
      return isVisited ? 'nothing' : 'free_text';
    case 'hold':
    case 'pause':
      return 'pause_reason';
    case 'refuse':
    case 'cancel':
    case 'reopen':
    case 'rule_out_of_scope':
    case 'waive_evidence':
      return 'free_text';
    default:
      return 'nothing';
  }
}

/** What is to be known before one says why. */
export function hintFor(kind: InterventionCommand | VisitCommand): string | undefined {
  switch (kind) {
    case 'refuse':
      return t('board.triage.refuse_hint');
    case 'rule_out_of_scope':
      return t('board.detail.customer_reads');
    case 'close':
      return t('board.detail.nobody_there');
    default:
      return undefined;
  }
}

/** What must still be answered before an intervention can be closed. */
export function openItems(answers: readonly Answer[]): Answer['item'][] {
  return answers.filter(({ item, value }) => item.is_mandatory && value === null).map(({ item }) => item);
}

/** What is wrong with what came with a command, where there is one thing and no field to put it at. */
export function refusedFault({ code, errors }: Problem): string | undefined {
  const fault = errors[0]?.code ?? (code === 'evidence_missing' ? code : undefined);
  return fault && wordFor('fault', fault);
}
