// How many lifts work, said as people say it: the lift, both lifts, all three.

import { t } from '../../lib/i18n/index.ts';
import { conditionOf, isTrouble } from '../condition.ts';
import type { Asset } from '../wire.ts';
import { sentence, theAsset } from './names.ts';

type Noun = 'lift' | 'unit';

/** Where everything is a lift we say lift; among escalators and platforms, something wider. */
export function nounFor(assets: readonly Asset[]): Noun {
  const isLift = ({ kind }: Asset): boolean => kind === 'lift' || kind === 'goods_lift';
  return assets.every(isLift) ? 'lift' : 'unit';
}

/** `The lift works.` `Both lifts work.` `All 5 lifts work.` */
export function allWork(assets: readonly Asset[]): string {
  const noun = nounFor(assets);
  const [only] = assets;
  if (!only) return t('portal.no_assets');
  if (assets.length > 2) return t(`portal.all_work.${noun}`, { count: assets.length });
  if (assets.length === 2) return t(`portal.both_work.${noun}`);
  return noun === 'lift'
    ? t('portal.one_works')
    : sentence(t('portal.asset_works', { asset: theAsset(only.name) }));
}

/** `The other lift works.` `The other 3 lifts work.`; nothing when there is no other. */
export function restWorks(rest: readonly Asset[]): string | undefined {
  return rest.length === 0 ? undefined : t(`portal.rest_works.${nounFor(rest)}`, { count: rest.length });
}

/** One sentence over everything a manager looks after: the worst thing first. */
export function headline(assets: readonly Asset[]): string {
  const found = assets.map(conditionOf);
  const count = (wanted: string): number => found.filter((condition) => condition === wanted).length;
  const noun = nounFor(assets.filter((asset) => isTrouble(conditionOf(asset))));
  if (count('trapped') > 0) return t('portal.headline.trapped', { count: count('trapped') });
  if (count('out') > 0) return t(`portal.headline.out.${noun}`, { count: count('out') });
  if (count('degraded') > 0) return t(`portal.headline.degraded.${noun}`, { count: count('degraded') });
  return allWork(assets);
}
