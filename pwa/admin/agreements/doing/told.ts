// How an objective stands, by word and shape.
import type { Schemas } from '../../../lib/api/index.ts';
import { t } from '../../../lib/i18n/index.ts';
import type { Verdict } from '../../experience/told.ts';

export function verdictOf({ standing }: Pick<Schemas['ObjectiveDoingOut'], 'standing'>): Verdict {
  if (standing === 'unknown') return { tone: 'paused', shape: 'ring', words: t('admin.experience.too_few') };
  return standing === 'reached'
    ? { tone: 'ok', shape: 'check', words: t('admin.doing.reached') }
    : { tone: 'late', shape: 'cross', words: t('admin.doing.missed') };
}
