// An aim as a building manager reads it: what it is held against, and how it stands.
import type { Schemas } from '../../lib/api/index.ts';
import { number, t, wordFor } from '../../lib/i18n/index.ts';
import type { ShapeName, Tone } from '../../lib/ui/index.ts';
import { objectiveSentence } from '../sentences/agreement.ts';

type Aim = Schemas['AimOut'];

export function toldBy(aim: Aim): string {
  if (aim.measure === null) return aim.in_words;
  const least = aim.at_least ?? '0';
  if (aim.measure === 'sla_attainment') {
    const share = number(Number(least) / 100, { style: 'percent', maximumFractionDigits: 2 });
    return t('portal.aim.kept', { least: share, what: wordFor('clock', aim.clock ?? '') });
  }
  return objectiveSentence({ measure: aim.measure, at_least: least });
}

export function stateOf({ state, measure, rests_on: n }: Aim): { tone: Tone; shape: ShapeName; words: string } {
  if (state === 'met') return { tone: 'ok', shape: 'check', words: t('portal.aim.met') };
  if (state === 'not_met') return { tone: 'late', shape: 'cross', words: t('portal.aim.not_met') };
  const words = measure === null ? t('portal.aim.open') : t('portal.aim.unknown', { count: n ?? 0 });
  return { tone: 'paused', shape: 'ring', words };
}
