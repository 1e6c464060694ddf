// What was promised and whether it holds. The customer's promise only: nothing internal comes here.

import { t } from '../../lib/i18n/index.ts';
import type { Commitment, Intervention } from '../wire.ts';
import { at, type Here, spelledOut } from './moments.ts';

/** Before anybody has arrived. */
export function promise({ promise: promised, visit }: Intervention, here: Here): string | undefined {
  const { state, due_at, target_seconds } = promised;
  if (state === 'none' || !due_at) return undefined;
  const due = at(due_at, here);
  switch (state) {
    case 'on_time':
      return visit?.from_at && target_seconds
        ? t('portal.promise.within', { duration: spelledOut(target_seconds) })
        : t('portal.promise.by', { at: due });
    case 'at_risk':
      return t('portal.promise.close', { at: due });
    case 'missed':
      return t('portal.promise.missed', { at: due });
    case 'kept':
      return arrivalKept(promised);
  }
}

/** Once somebody has arrived: within what we promised, or not. */
export function arrivalKept({ state, target_seconds }: Commitment): string | undefined {
  if (!target_seconds) return undefined;
  const facts = { duration: spelledOut(target_seconds) };
  if (state === 'kept' || state === 'on_time' || state === 'at_risk') return t('portal.promise.kept', facts);
  return state === 'missed' ? t('portal.promise.broken', facts) : undefined;
}
