// What a lift's state means to the people of the building, and which of two is worse.
// The words are in sentences/.

import type { Tone, ShapeName } from '../lib/ui/index.ts';
import type { Asset, Site } from './wire.ts';

/** Worst first: sites are listed in this order. */
export const conditions = [
  'trapped',
  'out',
  'degraded',
  'maintained',
  'requested',
  'restored',
  'working',
] as const;
export type Condition = (typeof conditions)[number];

export const looks: Record<Condition, { shape: ShapeName; tone: Tone }> = {
  trapped: { shape: 'diamond', tone: 'late' },
  out: { shape: 'cross', tone: 'late' },
  degraded: { shape: 'triangle', tone: 'risk' },
  maintained: { shape: 'ring', tone: 'info' },
  requested: { shape: 'ring', tone: 'info' },
  restored: { shape: 'check', tone: 'ok' },
  working: { shape: 'check', tone: 'ok' },
};

/** While a technician attends to a fault, the lift is still as the fault left it. */
export function conditionOf(asset: Pick<Asset, 'state' | 'intervention'>): Condition {
  switch (asset.state) {
    case 'person_trapped':
      return 'trapped';
    case 'out_of_service':
      return 'out';
    case 'degraded':
      return 'degraded';
    case 'request_open':
      return 'requested';
    case 'working':
      return asset.intervention?.restored_at ? 'restored' : 'working';
    case 'attended':
      return attended(asset.intervention);
  }
}

function attended(intervention: Asset['intervention']): Condition {
  if (!intervention || intervention.is_planned) return 'maintained';
  switch (intervention.severity) {
    case 'S1':
      return intervention.released_at ? 'out' : 'trapped';
    case 'S2':
      return 'out';
    case 'S3':
      return 'degraded';
    case 'S4':
      return 'maintained';
  }
}

export function isTrouble(condition: Condition): boolean {
  return condition === 'trapped' || condition === 'out' || condition === 'degraded';
}

/** Whether people can ride: a request, or a repair just finished, stops nobody. */
export function isRunning(condition: Condition): boolean {
  return condition === 'working' || condition === 'requested' || condition === 'restored';
}

/** The worst condition at a site; a site without lifts works. */
export function worstOf(site: Pick<Site, 'assets'>): Condition {
  const present = new Set(site.assets.map(conditionOf));
  return conditions.find((condition) => present.has(condition)) ?? 'working';
}

/** Worst first, then by name as the reader's language sorts names. */
export function worstFirst(language: string): (one: Site, other: Site) => number {
  const rank = (site: Site): number => conditions.indexOf(worstOf(site));
  const names = new Intl.Collator(language, { numeric: true });
  return (one, other) => rank(one) - rank(other) || names.compare(one.name, other.name);
}
