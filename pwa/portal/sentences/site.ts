// What there is to say about one site: what does not run, then what does, then what is open.

import { type Condition, conditionOf, conditions, isRunning } from '../condition.ts';
import type { Asset, Site } from '../wire.ts';
import { allWork, restWorks } from './counts.ts';
import { liftSentences } from './lift.ts';
import type { Here } from './moments.ts';

export interface Paragraph {
  /** Undefined for the sentence about all the others. */
  readonly assetId: string | undefined;
  readonly condition: Condition;
  readonly sentences: readonly string[];
}

export function siteParagraphs(site: Site, here: Here): Paragraph[] {
  const runs = (asset: Asset): boolean => isRunning(conditionOf(asset));
  const about = (asset: Asset): Paragraph => ({
    assetId: asset.id,
    condition: conditionOf(asset),
    sentences: liftSentences(asset, here),
  });
  const stopped = site.assets.filter((asset) => !runs(asset)).sort(worstFirst);
  const running = site.assets.filter(runs);
  const remarkable = running.filter((asset) => conditionOf(asset) !== 'working');
  const sum = stopped.length > 0 ? restWorks(running) : allWork(site.assets);
  return [
    ...stopped.map(about),
    ...(sum ? [{ assetId: undefined, condition: 'working' as const, sentences: [sum] }] : []),
    ...remarkable.map(about),
  ];
}

function worstFirst(one: Asset, other: Asset): number {
  return conditions.indexOf(conditionOf(one)) - conditions.indexOf(conditionOf(other));
}
