// The lifts somebody may report about, grouped by site and narrowed by what was typed.

import { assetTitle } from '../lib/i18n/asset_name.ts';
import type { Site } from './wire.ts';

export interface LiftChoice {
  readonly value: string;
  readonly label: string;
  readonly group: string;
}

/** The chosen lift stays on the list whatever is typed. */
export function liftChoices(sites: readonly Site[], wanted: string, chosen: string): LiftChoice[] {
  const words = plain(wanted).split(/\s+/);
  return sites.flatMap((site) =>
    site.assets
      .filter(({ id, code, name }) => {
        const text = plain([site.name, site.address, code, name].join(' '));
        return id === chosen || words.every((word) => text.includes(word));
      })
      .map(({ id, code, name }) => ({
        value: id,
        label: `${assetTitle(name)} · ${code}`,
        group: site.name,
      })),
  );
}

/** Where there is but one lift, nobody has to choose it. */
export function onlyLift(sites: readonly Site[]): string {
  const [first, ...more] = sites.flatMap((site) => site.assets);
  return first && more.length === 0 ? first.id : '';
}

/** Without accents and capitals, so that `clinica` finds `Clínica`. */
export function plain(text: string): string {
  return text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
