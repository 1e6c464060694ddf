// Where a broken promise stands, and how late it was, in words.
import { duration, t } from '../../lib/i18n/index.ts';
import type { Breach, BreachState } from './gateway.ts';

/** As the register filters, but a merged report's is told apart: it counts, with the other report. */
export type Standing = BreachState | 'merged';

export function standingOf(breach: Breach): Standing {
  const { overturned_at, overturned_because, counts, excuses } = breach;
  if (overturned_at !== null) return overturned_because === 'merged' ? 'merged' : 'overturned';
  if (!counts) return 'excused';
  return excuses.some(({ decision }) => decision === null) ? 'waiting' : 'open';
}

/** `1 h 20 late`, `late since then` while it goes on; empty where the clock is gone. */
export function overrunWords({ overrun_seconds: late, stopped_at: stopped }: Breach): string {
  if (late === null) return '';
  const amount = duration(Math.max(60, late));
  return stopped === null ? t('admin.breach.late_still', { amount }) : t('admin.breach.late', { amount });
}
