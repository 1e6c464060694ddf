// The bills of two plans side by side, and in a sentence how good the second can be.
import { number, t } from '../../lib/i18n/index.ts';
import type { Plan, PlanMeasures, PlanPoint } from '../wire.ts';

export interface Term {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** Every line that costs something on either bill, in the order of the bills. */
export function termsOf(before: PlanMeasures, after: PlanMeasures): Term[] {
  const [was, is] = [before.terms ?? {}, after.terms ?? {}];
  const names = [...new Set([...Object.keys(is), ...Object.keys(was)])];
  return names.map((name) => ({ name, before: was[name] ?? 0, after: is[name] ?? 0 }));
}

/** How far the plan can be from the best possible; nothing while nobody has proven anything. */
export function gapWords(plan: Pick<Plan, 'gap'>): string | null {
  if (plan.gap === null) return null;
  if (plan.gap === 0) return t('board.plan.gap_none');
  const percent = Math.max(0.1, Math.ceil(plan.gap * 1000) / 10);
  return t('board.plan.gap', { percent: number(percent, { maximumFractionDigits: 1 }) });
}

/** How many of all jobs the best plan so far serves in time, and what becomes of the others. */
export function standingWords({ in_time, late, unassigned }: PlanPoint): string | null {
  if ((in_time ?? null) === null || (late ?? null) === null || (unassigned ?? null) === null) return null;
  const [kept, slow, left] = [in_time ?? 0, late ?? 0, unassigned ?? 0];
  return t('board.plan.standing', { in_time: kept, jobs: kept + slow + left, late: slow, unassigned: left });
}
