// What there is to say about one lift now: how it is, who comes, what was promised.

import { t } from '../../lib/i18n/index.ts';
import { type Condition, conditionOf } from '../condition.ts';
import type { Asset, Intervention, Visit } from '../wire.ts';
import { at, between, type Here, since } from './moments.ts';
import { sentence, theAsset } from './names.ts';
import { arrivalKept, promise } from './promise.ts';

/** Plain sentences, most important first. */
export function liftSentences(asset: Asset, here: Here): string[] {
  const { intervention } = asset;
  const condition = conditionOf(asset);
  const told = intervention && condition !== 'restored' ? attention(intervention, condition, here) : [];
  return [state(asset, condition, here), ...told]
    .filter((text) => text !== undefined)
    .map(sentence);
}

function state(asset: Asset, condition: Condition, here: Here): string {
  const facts = { asset: theAsset(asset.name) };
  const start = troubleSince(asset);
  const from = start ? ` ${since(start, here)}` : '';
  switch (condition) {
    case 'trapped':
      return t('portal.lift.trapped', { ...facts, since: from });
    case 'out':
      return t('portal.lift.out', { ...facts, since: from });
    case 'degraded':
      return t('portal.lift.degraded', { ...facts, since: from });
    case 'maintained':
      return t('portal.lift.maintained', facts);
    case 'requested':
      return t('portal.lift.requested', facts);
    case 'restored':
      return t('portal.lift.restored', { ...facts, since: from });
    case 'working':
      return t('portal.asset_works', facts);
  }
}

/** While somebody attends to it, its trouble is still as old as the report. */
function troubleSince({ state, since, intervention }: Asset): string | undefined {
  const reported = intervention?.reported_at;
  return (state === 'attended' ? reported : (since ?? reported)) ?? undefined;
}

function attention(
  intervention: Intervention,
  condition: Condition,
  here: Here,
): (string | undefined)[] {
  const released =
    intervention.released_at && condition !== 'working'
      ? t('portal.lift.released', { at: at(intervention.released_at, here) })
      : undefined;
  if (condition === 'working' && intervention.is_planned) return [planned(intervention.visit, here)];
  return [
    released,
    coming(intervention, here),
    intervention.arrived_at ? arrivalKept(intervention.promise) : promise(intervention, here),
  ];
}

function planned(visit: Visit | null, here: Here): string | undefined {
  if (!visit?.from_at || !visit.to_at) return undefined;
  const facts = { name: visit.technician_first_name, between: between(visit.from_at, visit.to_at, here) };
  return t('portal.lift.planned', facts);
}

/** Who comes and when, as honestly as it is known. */
function coming({ visit, arrived_at }: Intervention, here: Here): string {
  if (!visit) return t('portal.visit.none');
  const name = visit.technician_first_name;
  const range = visit.from_at && visit.to_at ? between(visit.from_at, visit.to_at, here) : undefined;
  if (visit.is_late && range) return t('portal.visit.late', { name, between: range });
  switch (visit.state) {
    case 'expected':
      if (visit.to_at && new Date(visit.to_at) < here.now) return t('portal.visit.overdue', { name });
      return range ? t('portal.visit.expected', { name, between: range }) : t('portal.visit.coming', { name });
    case 'on_the_way':
      return range
        ? t('portal.visit.on_the_way_between', { name, between: range })
        : t('portal.visit.on_the_way', { name });
    case 'on_site':
      return arrived_at
        ? t('portal.visit.on_site_since', { name, since: since(arrived_at, here) })
        : t('portal.visit.on_site', { name });
    case 'interrupted':
      return t('portal.visit.interrupted');
  }
}
