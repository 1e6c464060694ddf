// One technician as a form, and back.
import { Problem } from '../../lib/api/problem.ts';
import { decimalOf } from '../agreements/draft/amounts.ts';
import { requireSaid } from '../faults.ts';
import { positionIn, positionText } from '../map/position.ts';
import type { Technician, TechnicianBody } from './gateway.ts';

export interface TechnicianForm {
  code: string;
  name: string;
  region: string;
  phone: string;
  home: string;
  languages: string;
  skills: { name: string; level: string }[];
  certificates: { name: string; until: string }[];
  /** What they may decide alone, in euros; empty is what holds in their region. */
  authority: string;
  isActive: boolean;
}

export function formOf(row: Technician | undefined): TechnicianForm {
  return {
    code: row?.code ?? '',
    name: row?.name ?? '',
    region: row?.region_id ?? '',
    phone: row?.phone ?? '',
    home: row ? positionText(row.home) : '',
    languages: row?.languages.join(', ') ?? '',
    skills: Object.entries(row?.skills ?? {}).map(([name, level]) => ({ name, level: String(level) })),
    certificates: (row?.certificates ?? []).map(({ name, valid_until }) => ({ name, until: valid_until })),
    authority: row?.authority_eur ?? '',
    isActive: row?.is_active ?? true,
  };
}

/** Throws what can be said before the server is asked, at its field. */
export function bodyOf(form: TechnicianForm): TechnicianBody {
  const filled = { code: form.code, name: form.name, region_id: form.region, home: form.home };
  const named = [
    ...form.skills.map(({ name }, at) => [`skills.${at}.name`, name] as const),
    ...form.certificates.flatMap(({ name, until }, at) => [
      [`certificates.${at}.name`, name] as const,
      [`certificates.${at}.valid_until`, until] as const,
    ]),
  ];
  requireSaid({ ...filled, ...Object.fromEntries(named) });
  const home = positionIn(form.home);
  const twice = form.skills.findIndex(({ name }, at) => form.skills.findIndex((each) => each.name.trim() === name.trim()) < at);
  if (home === undefined) throw refused('home', 'not_a_position');
  if (twice >= 0) throw refused(`skills.${twice}.name`, 'listed_twice');
  return {
    code: form.code.trim(),
    name: form.name,
    region_id: form.region,
    phone: form.phone,
    home,
    languages: form.languages.toLowerCase().split(/[\s,;]+/).filter(Boolean),
    skills: Object.fromEntries(form.skills.map(({ name, level }) => [name.trim(), Number(level)])),
    certificates: form.certificates.map(({ name, until }) => ({ name, valid_until: until })),
    authority_eur: decimalOf(form.authority),
  };
}

function refused(path: string, code: string): Problem {
  return new Problem({ code: 'invalid', errors: [{ path, code, detail: '' }] }, 422);
}
