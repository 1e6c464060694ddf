// What was promised and whether it holds. The customer's promise only: nothing internal comes here.

import { t } from '../../lib/i18n/index.ts';
import type { Commitment, Intervention, Visit } from '../wire.ts';
import { at, type Here, spelledOut } from './moments.ts';

/** Before anybody has arrived. */
export function promise({ promise: promised, visit }: Intervention, here: Here): string | undefined {
  const { state, due_at } = promised;
  if (state === 'paused') return t('portal.promise.paused');
  if (state === 'none' || !due_at) return undefined;
  const due = at(due_at, here);
  switch (state) {
    case 'on_time':
    case 'at_risk':
      return outlook(promised, visit, due);
    case 'missed':
      return t('portal.promise.missed', { at: due });
    case 'kept':
      return arrivalKept(promised);
  }
}

/** What the announced arrival means for the promise: the whole range counts, not its better end. */
function outlook({ state, due_at, target_seconds }: Commitment, visit: Visit | null, due: string): string {
  const limit = Date.parse(due_at ?? '');
  const [from, to] = [Date.parse(visit?.from_at ?? ''), Date.parse(visit?.to_at ?? '')];
  if (from > limit) return t('portal.promise.later', { at: due });
  if (to > limit || state === 'at_risk') return t('portal.promise.close', { at: due });
  return to <= limit && target_seconds
    ? t('portal.promise.within', { duration: spelledOut(target_seconds) })
    : t('portal.promise.by', { at: due });
}

/** Once somebody has arrived: within what we promised, or not. */
export function arrivalKept({ state, target_seconds }: Commitment): string | undefined {
  if (!target_seconds) return undefined;
  const facts = { duration: spelledOut(target_seconds) };
  if (state === 'kept' || state === 'on_time' || state === 'at_risk') return t('portal.promise.kept', facts);
  return state === 'missed' ? t('portal.promise.broken', facts) : undefined;
}
