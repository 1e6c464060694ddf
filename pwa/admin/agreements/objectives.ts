// Objectives of experience in words: what is measured, on which scale, and the least agreed.
import { number, t, wordFor } from '../../lib/i18n/index.ts';
import { percent } from '../written.ts';
import type { Terms } from './wire.ts';

export type Objective = Terms['objectives'][number];
export type FeltMeasure = Objective['measure'];

export const feltMeasures = [
  'csat_top2',
  'csat_mean',
  'ces_easy',
  'ces_mean',
  'first_time_fix',
  'eta_accuracy',
  'xla_score',
] as const satisfies readonly FeltMeasure[];

export function scaleWords(measure: FeltMeasure | 'sla_attainment'): string {
  if (measure === 'csat_mean') return t('admin.draft.scale.csat');
  if (measure === 'ces_mean') return t('admin.draft.scale.ces');
  return t(measure === 'xla_score' ? 'admin.draft.scale.points' : 'admin.draft.scale.share');
}

/** `80 %`, `4.2`, `75`: as the measure is written. */
export function onScale(measure: FeltMeasure | 'sla_attainment', value: string): string {
  const isShare = !['csat_mean', 'ces_mean', 'xla_score'].includes(measure);
  return isShare ? percent(value) : number(Number(value), { maximumFractionDigits: 3 });
}

export const objectiveWords = ({ measure, at_least }: Objective): string =>
  t('admin.terms.objective', { measure: wordFor('admin.measure', measure), least: onScale(measure, at_least) });
