// Lifts as a sentence names them, article and all.

import { t } from '../../lib/i18n/index.ts';
import type { Site } from '../wire.ts';

/** Names that say nothing but the kind and a letter are put into the reader's language. */
const plainName = /^(lift|goods lift|escalator|platform lift|platform)\s+(\S{1,4})$/i;

const kinds = {
  lift: 'lift',
  'goods lift': 'goods_lift',
  escalator: 'escalator',
  'platform lift': 'platform',
  platform: 'platform',
} as const;

/** `Lift B`, `l’ascenseur B`; a name of its own stays as it is. For the middle of a sentence. */
export function theAsset(name: string): string {
  const found = plainName.exec(name.trim());
  if (!found) return name;
  const kind = kinds[found[1]!.toLowerCase() as keyof typeof kinds];
  return t(`portal.the.${kind}`, { letter: found[2]! });
}

/** The same name standing alone, as a heading. */
export function assetTitle(name: string): string {
  const found = plainName.exec(name.trim());
  if (!found) return name;
  const kind = kinds[found[1]!.toLowerCase() as keyof typeof kinds];
  return `${t(`asset_kind.${kind}`)} ${found[2]!}`;
}

/** Many buildings are called by their address: then only the rest of it is worth saying. */
export function addressBeside({ name, address }: Pick<Site, 'name' | 'address'>): string {
  return address.startsWith(`${name}, `) ? address.slice(name.length + 2) : address;
}

/** A sentence begins with a capital, whatever it begins with. */
export function sentence(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
