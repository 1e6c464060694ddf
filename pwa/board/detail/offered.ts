// Which commands the office sees, in the order they are offered, and which of them ask why.
// Whether a command is possible now is the server's word (`allowed`).
import type { InterventionCommand, VisitCommand } from '../wire.ts';

export const INTERVENTION_COMMANDS: readonly InterventionCommand[] = [
  'acknowledge',
  'qualify',
  'hold',
  'release_hold',
  'close',
  'reopen',
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

export type Asking = 'nothing' | 'pause_reason' | 'free_text';

export function asks(kind: InterventionCommand | VisitCommand): Asking {
  switch (kind) {
    case 'hold':
    case 'pause':
      return 'pause_reason';
    case 'cancel':
      return 'free_text';
    default:
      return 'nothing';
  }
}
