// One search over queue and timeline: technician, site, number, asset, summary.
import type { BoardVisit, Intervention, Technician } from './wire.ts';

/** Without accents and case, so that 'cami' finds 'Camí'. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

function holds(query: string, texts: readonly (string | null | undefined)[]): boolean {
  const wanted = plain(query);
  return wanted === '' || texts.some((text) => text && plain(text).includes(wanted));
}

export function interventionMatches(one: Intervention, query: string): boolean {
  const { site, asset } = one;
  return holds(query, [one.number, one.summary, site.name, site.code, site.address, asset?.code]);
}

export function visitMatches(entry: BoardVisit, query: string): boolean {
  return holds(query, [entry.number, entry.summary, entry.site_name, entry.asset_code]);
}

export function personMatches(technician: Technician, query: string): boolean {
  return holds(query, [technician.name]);
}
