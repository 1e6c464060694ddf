// Voices and improvements in plain sentences. Texts are in messages.
import { number, t, wordFor } from '../../lib/i18n/index.ts';
import { titleOf as measureTitle } from '../figures/told.ts';
import { percent } from '../written.ts';
import type { Improvement, Place } from './gateway.ts';

/** Somebody in the building has no account and so no role of ours. */
export const roleWords = (role: string): string =>
  role === 'resident' ? t('admin.experience.resident') : wordFor('role', role);

/** What it is called; what a rule opened is told from what the rule saw. */
export function titleOf({ title, origin, facts }: Improvement): string {
  if (title !== '') return title;
  const count = Number(facts['count'] ?? 0);
  if (origin === 'breaches') return t('admin.experience.rule.breaches', { count });
  if (origin === 'recurring_fault') {
    return t('admin.experience.rule.recurring', {
      count,
      asset: String(facts['asset_name'] ?? ''),
      cause: wordFor('cause', String(facts['cause'] ?? '')),
    });
  }
  return t('admin.experience.rule.ratchet', {
    clock: wordFor('clock', String(facts['clock'] ?? '')),
    share: percent(String(facts['attainment'] ?? '0')),
  });
}

export const expectedWords = ({ measure, clock, expected_points: points, weeks }: Improvement): string =>
  Number(points) === 0
    ? t('admin.experience.expected_as_now', { measure: measureTitle(measure, clock), weeks })
    : t('admin.experience.expected', { measure: measureTitle(measure, clock), points: number(Number(points)), weeks });

/** A share with of how many it is; a dash where it is unknown. */
export const shareOf = (value: string | null, whole: number): string =>
  value === null ? '–' : t('admin.experience.share_of', { share: percent(value), whole: number(whole) });

/** What it did, with of how many; nothing before it was measured. */
export function effectWords({ effect }: Improvement): string | undefined {
  if (effect === null) return undefined;
  const share = (each: { percent: string | null }): string =>
    each.percent === null ? t('admin.experience.nothing') : percent(each.percent);
  return t('admin.experience.effect', {
    before: share(effect.before),
    before_n: effect.before.denominator,
    after: share(effect.after),
    after_n: effect.after.denominator,
  });
}

export type Verdict = { readonly tone: 'late' | 'ok' | 'paused'; readonly shape: 'cross' | 'check' | 'ring'; readonly words: string };

/** How an improvement turned out: reached, missed, or too little to tell. */
export function effectVerdict({ effect }: Improvement): Verdict | undefined {
  if (effect === null) return undefined;
  if (effect.is_reached === null) return { tone: 'paused', shape: 'ring', words: t('admin.experience.too_few') };
  return effect.is_reached
    ? { tone: 'ok', shape: 'check', words: t('admin.experience.reached') }
    : { tone: 'late', shape: 'cross', words: t('admin.experience.missed') };
}

export function placeVerdict({ is_watermelon: isOne }: Place): Verdict {
  if (isOne === null) return { tone: 'paused', shape: 'ring', words: t('admin.experience.too_few') };
  return isOne
    ? { tone: 'late', shape: 'cross', words: t('admin.experience.is_one') }
    : { tone: 'ok', shape: 'check', words: t('admin.experience.is_none') };
}
