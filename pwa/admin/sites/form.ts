// One site, and one asset on it, as forms, and back.
import { Problem } from '../../lib/api/problem.ts';
import { clockTime } from '../../lib/ui/promised.ts';
import { decimalOf, endMinutesOf, minutesOf } from '../agreements/draft/amounts.ts';
import { requireSaid } from '../faults.ts';
import { positionIn, positionText } from '../map/position.ts';
import type { Asset, AssetBody, AssetChange, Site, SiteBody } from './gateway.ts';

export interface SiteForm {
  code: string;
  name: string;
  customer: string;
  /** Empty for the region in whose outline the pin lies. */
  region: string;
  street: string;
  number: string;
  postcode: string;
  place: string;
  position: string;
  accessNotes: string;
  keyBox: string;
  /** One a line. */
  hazards: string;
  contacts: { name: string; phone: string; role: string }[];
  accessHours: AccessForm[];
  criticalWindows: CriticalForm[];
}

/** Times as `8:00`, days as `2026-06-02`, empty for hours of every week. */
export interface CriticalForm {
  name: string;
  days: number[];
  from: string;
  to: string;
  first: string;
  last: string;
  target: string;
}

/** Times as `8:00`. */
export interface AccessForm {
  days: number[];
  from: string;
  to: string;
  note: string;
}

export function siteForm(row: Site | undefined, keyBox = ''): SiteForm {
  return {
    code: row?.code ?? '',
    name: row?.name ?? '',
    customer: row?.customer_id ?? '',
    region: row?.region_id ?? '',
    street: row?.street ?? '',
    number: row?.number ?? '',
    postcode: row?.postcode ?? '',
    place: row?.place ?? '',
    position: row ? positionText(row.position) : '',
    accessNotes: row?.access_notes ?? '',
    keyBox,
    hazards: row?.hazards.join('\n') ?? '',
    contacts: (row?.contacts ?? []).map((each) => ({ ...each })),
    accessHours: (row?.access_hours ?? []).map(({ days, from_minute, to_minute, note }) => ({
      days: [...days],
      from: clockTime(from_minute),
      to: clockTime(to_minute % 1440),
      note,
    })),
    criticalWindows: (row?.critical_windows ?? []).map((each) => ({
      name: each.name,
      days: [...each.days],
      from: clockTime(each.from_minute),
      to: clockTime(each.to_minute % 1440),
      first: each.from_day ?? '',
      last: each.to_day ?? '',
      target: each.availability_percent ?? '',
    })),
  };
}

/** As an address is written for the address service. */
export function addressIn({ street, number, postcode, place }: SiteForm): string {
  return [`${street} ${number}`.trim(), `${postcode} ${place}`.trim()].filter(Boolean).join(', ');
}

/** Throws what can be said before the server is asked, at its field. */
export function siteBody(form: SiteForm): SiteBody {
  const names = form.contacts.map(({ name }, at) => [`contacts.${at}.name`, name] as const);
  requireSaid({ code: form.code, name: form.name, customer_id: form.customer, ...Object.fromEntries(names) });
  const position = positionIn(form.position);
  if (position === undefined && form.position.trim() !== '') throw refused('position', 'not_a_position');
  return {
    code: form.code.trim(),
    name: form.name,
    customer_id: form.customer,
    ...(form.region ? { region_id: form.region } : {}),
    street: form.street,
    number: form.number,
    postcode: form.postcode,
    place: form.place,
    ...(position ? { position } : {}),
    access_notes: form.accessNotes,
    key_box: form.keyBox,
    hazards: form.hazards.split('\n').map((line) => line.trim()).filter(Boolean),
    contacts: form.contacts,
    access_hours: form.accessHours.map(({ days, from, to, note }) => ({
      days: [...days].sort((one, other) => one - other),
      from_minute: minutesOf(from)!,
      to_minute: endMinutesOf(to)!,
      note,
    })),
    critical_windows: form.criticalWindows.map(({ name, days, from, to, first, last, target }) => ({
      name,
      days: [...days].sort((one, other) => one - other),
      from_minute: minutesOf(from)!,
      to_minute: endMinutesOf(to)!,
      from_day: first || null,
      to_day: last || null,
      availability_percent: decimalOf(target),
    })),
  };
}

export interface AssetForm {
  code: string;
  name: string;
  kind: Asset['kind'];
  levels: string;
  maker: string;
  installedOn: string;
  retiredOn: string;
  /** Where it stands. */
  site: string;
}

export function assetForm(row: Asset | undefined, site: string): AssetForm {
  return {
    code: row?.code ?? '',
    name: row?.name ?? '',
    kind: row?.kind ?? 'lift',
    levels: row?.levels == null ? '' : String(row.levels),
    maker: row?.maker ?? '',
    installedOn: row?.installed_on ?? '',
    retiredOn: row?.retired_on ?? '',
    site: row?.site_id ?? site,
  };
}

export function assetBody(form: AssetForm): AssetBody {
  requireSaid({ code: form.code, name: form.name });
  if (form.levels.trim() !== '' && !/^\d+$/.test(form.levels.trim())) throw refused('levels', 'not_a_count');
  return {
    site_id: form.site,
    code: form.code.trim(),
    name: form.name,
    kind: form.kind,
    levels: form.levels.trim() === '' ? null : Number(form.levels),
    maker: form.maker,
    installed_on: form.installedOn || null,
  };
}

export function assetChange(form: AssetForm): AssetChange {
  const { code: _code, ...body } = assetBody(form);
  return { ...body, retired_on: form.retiredOn || null };
}

function refused(path: string, code: string): Problem {
  return new Problem({ code: 'invalid', errors: [{ path, code, detail: '' }] }, 422);
}
