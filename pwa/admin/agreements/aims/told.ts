// An aim in words: what tells it, and how it stands by word and shape.
import { number, t, wordFor } from '../../../lib/i18n/index.ts';
import type { Verdict } from '../../experience/told.ts';
import { onScale } from '../objectives.ts';
import type { Aim, Clock, Measure } from './aims.svelte.ts';

/** `Promises kept: Arrival on site`, or the measure alone. */
export function measureWords(measure: Measure, clock: Clock | null): string {
  const words = wordFor('admin.measure', measure);
  return clock === null ? words : `${words}: ${wordFor('clock', clock)}`;
}

/** What an aim is held against, and where it is now. */
export function toldBy(aim: Aim): string {
  if (aim.measure === null) return aim.in_words;
  const least = t('admin.terms.objective', {
    measure: measureWords(aim.measure, aim.clock),
    least: onScale(aim.measure, aim.at_least ?? '0'),
  });
  const now = aim.value === null ? '–' : onScale(aim.measure, aim.value);
  return t('admin.aim.measured', { least, now, n: number(aim.rests_on ?? 0) });
}

export function verdictOf({ state, measure, rests_on: n }: Aim): Verdict {
  if (state === 'met') return { tone: 'ok', shape: 'check', words: t('admin.aim.met') };
  if (state === 'not_met') return { tone: 'late', shape: 'cross', words: t('admin.aim.not_met') };
  const words = measure === null ? t('admin.aim.unanswered') : t('admin.aim.unknown', { n: number(n ?? 0) });
  return { tone: 'paused', shape: 'ring', words };
}
