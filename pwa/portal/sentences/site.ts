// What there is to say about one site: every lift in trouble, then the rest in one sentence.

import { type Condition, conditionOf, conditions } from '../condition.ts';
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
  const works = (asset: Asset): boolean => conditionOf(asset) === 'working';
  const rest = site.assets.filter(works);
  const spokenOf = site.assets.filter((asset) => !works(asset)).sort(worstFirst);
  const closing = spokenOf.every(isOnlyRequested) ? allWork(site.assets) : restWorks(rest);
  return [
    ...spokenOf.map((asset) => ({
      assetId: asset.id,
      condition: conditionOf(asset),
      sentences: liftSentences(asset, here),
    })),
    ...(closing ? [{ assetId: undefined, condition: 'working' as const, sentences: [closing] }] : []),
  ];
}

function isOnlyRequested(asset: Asset): boolean {
  return conditionOf(asset) === 'requested';
}

function worstFirst(one: Asset, other: Asset): number {
  return conditions.indexOf(conditionOf(one)) - conditions.indexOf(conditionOf(other));
}
