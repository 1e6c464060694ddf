// Lifts as a sentence names them, article and all.

import { partsOfName } from '../../lib/i18n/asset_name.ts';
import { t } from '../../lib/i18n/index.ts';
import type { Site } from '../wire.ts';

/** `Lift B`, `l’ascenseur B`; a name of its own stays as it is. For the middle of a sentence. */
export function theAsset(name: string): string {
  const found = partsOfName(name);
  return found ? t(`portal.the.${found.kind}`, { letter: found.letter }) : name;
}

/** Many buildings are called by their address: then only the rest of it is worth saying. */
export function addressBeside({ name, address }: Pick<Site, 'name' | 'address'>): string {
  return address.startsWith(`${name}, `) ? address.slice(name.length + 2) : address;
}

/** A sentence begins with a capital, whatever it begins with. */
export function sentence(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
