// One line of an agreement in the form: where it applies and what it sets there.
import { clockTime } from '../../../lib/ui/promised.ts';
import type { Clause, ClauseBody, Promised, PromiseBody } from '../wire.ts';
import { type Amount, amountOf, minutesOf, numberOf, secondsOf, textOf } from './amounts.ts';

export type Where = 'everywhere' | 'region' | 'site' | 'asset';

export interface LineForm {
  /** Of this form only: what a row is recognised by while it is edited. */
  key: string;
  service: string;
  severity: NonNullable<Clause['severity']> | '';
  clock: NonNullable<Clause['clock']> | '';
  where: Where;
  region: string;
  site: string;
  asset: string;
  kind: PromiseBody['kind'] | '';
  amount: Amount;
  days: string;
  time: string;
  calendar: string;
  startsAt: NonNullable<Clause['starts_at']> | '';
  stopsAt: NonNullable<Clause['stops_at']> | '';
  warn: string;
  internal: 'usual' | 'percent' | 'time';
  internalPercent: string;
  internalAmount: Amount;
  parts: 'usual' | 'yes' | 'no';
}

export function newLine(service: string, calendar: string): LineForm {
  return {
    key: crypto.randomUUID(),
    service,
    severity: 'S2',
    clock: 'response',
    where: 'everywhere',
    region: '',
    site: '',
    asset: '',
    kind: 'seconds',
    amount: { amount: '', unit: 'h' },
    days: '',
    time: '',
    calendar,
    startsAt: '',
    stopsAt: '',
    warn: '',
    internal: 'usual',
    internalPercent: '',
    internalAmount: { amount: '', unit: 'h' },
    parts: 'usual',
  };
}

export function lineOf(clause: Clause): LineForm {
  const promise = clause.promise;
  const seconds = promise?.kind === 'hours' ? (promise.minutes ?? 0) * 60 : promise?.seconds;
  return {
    key: crypto.randomUUID(),
    service: clause.service ?? '',
    severity: clause.severity ?? '',
    clock: clause.clock ?? '',
    where: whereOf(clause),
    region: clause.region_id ?? '',
    site: clause.site_id ?? '',
    asset: clause.asset_id ?? '',
    kind: promise?.kind ?? '',
    amount: amountOf(seconds),
    days: textOf(promise?.days),
    time: promise?.kind === 'by' ? clockTime(promise.minutes ?? 0) : '',
    calendar: clause.calendar_id ?? '',
    startsAt: clause.starts_at ?? '',
    stopsAt: clause.stops_at ?? '',
    warn: (clause.warn_percents ?? []).join(', '),
    ...internalOf(clause),
    parts: clause.stops_for_parts === null ? 'usual' : clause.stops_for_parts ? 'yes' : 'no',
  };
}

export function clauseOf(line: LineForm): ClauseBody {
  const has = (where: Where): boolean => line.where === where;
  return {
    service: line.service || null,
    severity: line.severity || null,
    clock: line.clock || null,
    region_id: line.region || null,
    site_id: has('site') || has('asset') ? line.site || null : null,
    asset_id: has('asset') ? line.asset || null : null,
    promise: promiseOf(line),
    calendar_id: line.calendar || null,
    starts_at: line.startsAt || null,
    stops_at: line.stopsAt || null,
    warn_percents: warnOf(line.warn),
    internal_percent: line.internal === 'percent' ? numberOf(line.internalPercent) : null,
    internal_seconds: line.internal === 'time' ? secondsOf(line.internalAmount) : null,
    stops_for_parts: line.parts === 'usual' ? null : line.parts === 'yes',
  };
}

function promiseOf({ kind, amount, days, time }: LineForm): PromiseBody | null {
  switch (kind) {
    case '':
      return null;
    case 'seconds':
      return { kind, seconds: secondsOf(amount) };
    case 'by':
      return { kind, days: numberOf(days), minutes: minutesOf(time) };
    case 'hours': {
      const seconds = secondsOf(amount);
      const minutes = typeof seconds === 'number' ? Math.round(seconds / 60) : seconds;
      return { kind, days: numberOf(days), minutes };
    }
    default:
      return { kind, days: numberOf(days) };
  }
}

/** The promise of a line as it would be shown; null while it is not whole. */
export function shownPromise(line: LineForm): Promised | null {
  const body = promiseOf(line);
  if (body === null) return null;
  const parts = { seconds: null, days: null, minutes: null, ...body };
  const numbers = Object.values(body).filter((each) => each !== line.kind);
  const isWhole = numbers.every((each) => typeof each === 'number');
  return isWhole ? (parts as Promised) : null;
}

function whereOf(clause: Clause): Where {
  if (clause.asset_id !== null) return 'asset';
  if (clause.site_id !== null) return 'site';
  return clause.region_id === null ? 'everywhere' : 'region';
}

function internalOf(clause: Clause): Pick<LineForm, 'internal' | 'internalPercent' | 'internalAmount'> {
  const { internal_percent, internal_seconds } = clause;
  return {
    internal: internal_percent !== null ? 'percent' : internal_seconds !== null ? 'time' : 'usual',
    internalPercent: textOf(internal_percent),
    internalAmount: amountOf(internal_seconds),
  };
}

function warnOf(typed: string): number[] | null {
  const parts = typed.split(/[,;\s]+/).filter(Boolean);
  return parts.length === 0 ? null : parts.map((each) => numberOf(each) as number);
}
