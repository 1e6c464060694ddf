// Terms in sentences, service by service, as somebody reads them aloud. The words are in messages/.
import { duration, t, wordFor } from '../../../lib/i18n/index.ts';
import { promisedWords } from '../../../lib/ui/promised.ts';
import { listed, percent } from '../../written.ts';
import type { Calendar, ChecklistItem, Clause, Level, ServiceRow, Terms } from '../wire.ts';

/** The names that sentences need; `Names` is one. */
export interface Lookup {
  serviceName(code: string): string;
  regionName(id: string): string;
  siteName(id: string): string;
  assetName(id: string): string;
  calendar(id: string | null): Pick<Calendar, 'name' | 'always_open'> | undefined;
}

export interface Told {
  readonly text: string;
  /** How specific the line is; the more specific one holds. */
  readonly level: Level;
  /** What is nobody else's business: our own aim, when we are warned. */
  readonly inside: readonly string[];
}

export interface ToldGroup {
  /** Empty where it is the same for every severity. */
  readonly severity: string;
  readonly lines: readonly Told[];
}

export interface ToldService {
  readonly code: string;
  readonly name: string;
  readonly row: ServiceRow | null;
  readonly where: string;
  readonly groups: readonly ToldGroup[];
  readonly availability: string;
}

const SEVERITIES = ['S1', 'S2', 'S3', 'S4', null] as const;

/** The terms without the lines that set nothing anybody outside the house would notice. */
export function outside(terms: Terms): Terms {
  return { ...terms, clauses: terms.clauses.filter((clause) => !setsOnlyInside(clause)) };
}

/** Each service with its lines, then those that hold for every service. */
export function toldServices(terms: Terms, isCorporate: boolean, names: Lookup): ToldService[] {
  const only = terms.services.length === 1 ? terms.services[0]!.service : null;
  const told = terms.services.map((row): ToldService => {
    const lines = terms.clauses.filter((each) => (each.service ?? only) === row.service);
    return {
      code: row.service,
      name: names.serviceName(row.service),
      row,
      where: row.site_ids === null ? '' : listed(row.site_ids.map((id) => names.siteName(id))),
      groups: toldGroups(lines, isCorporate, names),
      availability: availability(row, names),
    };
  });
  const listedServices = new Set(terms.services.map((each) => each.service));
  const rest = terms.clauses.filter((each) => !listedServices.has(each.service ?? only ?? ''));
  if (rest.length === 0) return told;
  const groups = toldGroups(rest, isCorporate, names);
  const name = t('admin.terms.every_service');
  return [...told, { code: '', name, row: null, where: '', groups, availability: '' }];
}

function toldGroups(lines: readonly Clause[], isCorporate: boolean, names: Lookup): ToldGroup[] {
  return SEVERITIES.map((severity) => ({
    severity: severity ?? '',
    lines: lines
      .filter((each) => each.severity === severity)
      .map((each) => toldLine(each, isCorporate, names)),
  })).filter((group) => group.lines.length > 0);
}

export function toldLine(clause: Clause, isCorporate: boolean, names: Lookup): Told {
  const hours = names.calendar(clause.calendar_id);
  const isAlways = hours?.always_open ?? false;
  const clock = clause.clock === null ? t('admin.terms.every_clock') : wordFor('clock', clause.clock);
  const said = [
    clause.promise && promisedWords(clause.promise, isAlways),
    hours && !(isAlways && clause.promise?.kind === 'seconds')
      ? t('admin.terms.hours', { calendar: hours.name })
      : '',
    whereWords(clause, names),
    clause.starts_at && wordFor('admin.starts_at', clause.starts_at),
    clause.stops_at && wordFor('admin.stops_at', clause.stops_at),
    clause.stops_for_parts === true && t('admin.terms.stops_for_parts'),
    clause.stops_for_parts === false && t('admin.terms.runs_for_parts'),
  ].filter(Boolean);
  return {
    text: t('admin.terms.line', { clock, said: said.join(', ') }),
    level: levelOf(clause, isCorporate),
    inside: insideWords(clause),
  };
}

export function levelOf(clause: Clause, isCorporate: boolean): Level {
  if (isCorporate) return 'corporate';
  if (clause.asset_id !== null) return 'asset';
  if (clause.site_id !== null) return 'site';
  return clause.service === null ? 'customer' : 'service';
}

function setsOnlyInside(clause: Clause): boolean {
  const { promise, calendar_id, starts_at, stops_at, stops_for_parts } = clause;
  return [promise, calendar_id, starts_at, stops_at, stops_for_parts].every((each) => each === null);
}

function whereWords(clause: Clause, names: Lookup): string {
  if (clause.asset_id !== null) return t('admin.terms.for_asset', { name: names.assetName(clause.asset_id) });
  if (clause.site_id !== null) return t('admin.terms.at_site', { name: names.siteName(clause.site_id) });
  if (clause.region_id === null) return t('admin.terms.everywhere');
  return t('admin.terms.in_region', { name: names.regionName(clause.region_id) });
}

function insideWords(clause: Clause): string[] {
  const said: string[] = [];
  if (clause.internal_percent !== null)
    said.push(t('admin.terms.aim_share', { share: percent(clause.internal_percent) }));
  if (clause.internal_seconds !== null)
    said.push(t('admin.terms.aim_time', { amount: duration(clause.internal_seconds) }));
  if (clause.warn_percents !== null)
    said.push(t('admin.terms.warned', { shares: listed(clause.warn_percents.map(percent)) }));
  return said;
}

function availability(row: ServiceRow, names: Lookup): string {
  if (row.availability_percent === null) return '';
  const share = percent(row.availability_percent);
  const hours = names.calendar(row.availability_calendar_id);
  return hours === undefined
    ? t('admin.terms.available', { share })
    : t('admin.terms.available_in', { share, calendar: hours.name });
}

/** `Oil temperature (between 10 and 60 °C)` */
export function itemWords(item: ChecklistItem): string {
  const unit = item.unit === '' ? '' : ` ${item.unit}`;
  const label = item.is_mandatory ? item.label : t('admin.terms.if_possible', { label: item.label });
  if (item.kind === 'choice') return `${label}: ${(item.choices ?? []).join(' / ')}`;
  if (item.kind !== 'reading') return label;
  if (item.low !== null && item.high !== null)
    return t('admin.terms.between', { label, low: item.low, high: `${item.high}${unit}` });
  if (item.low !== null) return t('admin.terms.at_least', { label, low: `${item.low}${unit}` });
  if (item.high !== null) return t('admin.terms.at_most', { label, high: `${item.high}${unit}` });
  return t('admin.terms.reading', { label, unit: item.unit });
}
