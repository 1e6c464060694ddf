// Names of lifts that say nothing but their kind and a letter are said in the reader's language.

import { t } from './language.svelte.ts';

const plainName = /^(lift|goods lift|escalator|platform lift|platform)\s+(\S{1,4})$/i;

const kinds = {
  lift: 'lift',
  'goods lift': 'goods_lift',
  escalator: 'escalator',
  'platform lift': 'platform',
  platform: 'platform',
} as const;

/** The kind and the letter of `Lift B`; undefined for a name of its own. */
export function partsOfName(name: string): { kind: (typeof kinds)[keyof typeof kinds]; letter: string } | undefined {
  const found = plainName.exec(name.trim());
  return found ? { kind: kinds[found[1]!.toLowerCase() as keyof typeof kinds], letter: found[2]! } : undefined;
}

/** `Lift B`, `Ascenseur B`, standing alone, as a heading; a name of its own stays as it is. */
export function assetTitle(name: string): string {
  const found = partsOfName(name);
  return found ? `${t(`asset_kind.${found.kind}`)} ${found.letter}` : name;
}
