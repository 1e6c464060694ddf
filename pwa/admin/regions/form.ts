// One region as a form, and back.
import { Problem } from '../../lib/api/problem.ts';
import { decimalOf } from '../agreements/draft/amounts.ts';
import { requireSaid } from '../faults.ts';
import { cornersOf, outlineOf } from '../map/outline.ts';
import { positionsIn, positionText } from '../map/position.ts';
import type { Region, RegionBody } from './gateway.ts';
import { type ResponseForm, responseForm, responseMinutes, type SpeedsForm, speedsForm, speedsOf } from './times.ts';

export interface RegionForm {
  code: string;
  name: string;
  zone: string;
  profile: RegionBody['profile'];
  calendar: string;
  phone: string;
  /** Minutes of service hours a customer's report may wait; 0 is for ever. */
  unanswered: string;
  /** What its technicians may decide alone, in euros; empty is without a limit. */
  authority: string;
  lenders: string[];
  /** What a visit of somebody from elsewhere counts as, in minutes of driving. */
  borrowMinutes: string;
  arrivalBy: Region['arrival_by'];
  arrivalRadius: string;
  response: ResponseForm;
  speeds: SpeedsForm;
  /** A corner a line. */
  corners: string;
}

const HALF_HOUR = 30;
const NEAR = 150;
const FEWEST_CORNERS = 3;

export function formOf(row: Region | undefined): RegionForm {
  return {
    code: row?.code ?? '',
    name: row?.name ?? '',
    zone: row?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    profile: row?.profile ?? 'urban',
    calendar: row?.calendar_id ?? '',
    phone: row?.dispatch_phone ?? '',
    unanswered: String(row?.unanswered_minutes ?? HALF_HOUR),
    authority: row?.authority_eur ?? '',
    lenders: [...(row?.borrows_from ?? [])],
    borrowMinutes: row ? String(row.borrow_cost / 60) : String(HALF_HOUR),
    arrivalBy: row?.arrival_by ?? 'manual',
    arrivalRadius: String(row?.arrival_radius_m ?? NEAR),
    response: responseForm(row),
    speeds: speedsForm(row),
    corners: cornersOf(row?.outline).map(positionText).join('\n'),
  };
}

/** Throws what can be said before the server is asked, at its field. */
export function bodyOf(form: RegionForm, before: Region | undefined): RegionBody {
  requireSaid({
    code: form.code,
    name: form.name,
    zone: form.zone,
    calendar_id: form.calendar,
    borrow_cost: form.borrowMinutes,
    unanswered_minutes: form.unanswered,
    arrival_radius_m: form.arrivalRadius,
  });
  const corners = positionsIn(form.corners);
  if (corners === undefined) throw refused('outline', 'not_a_position');
  if (corners.length > 0 && corners.length < FEWEST_CORNERS) throw refused('outline', 'too_few_corners');
  return {
    code: form.code.trim(),
    name: form.name,
    zone: form.zone,
    profile: form.profile,
    calendar_id: form.calendar,
    unanswered_minutes: Math.round(number('unanswered_minutes', form.unanswered)),
    dispatch_phone: form.phone.replaceAll(/[\s().-]/g, ''),
    authority_eur: decimalOf(form.authority),
    borrows_from: form.lenders,
    borrow_cost: Math.round(number('borrow_cost', form.borrowMinutes) * 60),
    arrival_by: form.arrivalBy,
    arrival_radius_m: Math.round(number('arrival_radius_m', form.arrivalRadius)),
    response_minutes: responseMinutes(form.response),
    speeds: speedsOf(form.speeds),
    outline: outlineOf(corners, before?.outline ?? null),
  };
}

function number(path: string, written: string): number {
  const read = Number(written.trim().replace(',', '.'));
  if (Number.isNaN(read)) throw refused(path, 'not_a_number');
  return read;
}

function refused(path: string, code: string): Problem {
  return new Problem({ code: 'invalid', errors: [{ path, code, detail: '' }] }, 422);
}
