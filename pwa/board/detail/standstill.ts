// Whether a pause counts: at once, or once somebody else has agreed.
import type { Pause } from '../wire.ts';

export type PauseState = 'counts' | 'waits' | 'approved' | 'refused';

export function pauseState({ needs_approval, is_approved, decided_at }: Pause): PauseState {
  if (!needs_approval) return 'counts';
  if (decided_at === null) return 'waits';
  return is_approved ? 'approved' : 'refused';
}
