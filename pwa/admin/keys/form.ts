// A key for a program as a form, and as it is sent.
import { Problem } from '../../lib/api/problem.ts';
import { requireSaid } from '../faults.ts';
import { addDays, dayIn } from '../written.ts';
import type { ApiKeyBody } from './gateway.ts';

export interface KeyForm {
  name: string;
  role: ApiKeyBody['role'] | '';
  regions: string[] | null;
  customer: string;
  /** The last day it holds; empty is until it is revoked. */
  lastDay: string;
}

export const programRoles: readonly ApiKeyBody['role'][] = ['dispatcher', 'experience', 'auditor', 'manager', 'admin'];
const USUAL_DAYS = 365;

export const emptyForm = (today: string): KeyForm => ({
  name: '',
  role: '',
  regions: null,
  customer: '',
  lastDay: addDays(today, USUAL_DAYS),
});

/** Throws what can be said before the server is asked, at its field. */
export function bodyOf(form: KeyForm): ApiKeyBody {
  const isManager = form.role === 'manager';
  requireSaid({ name: form.name, role: form.role, ...(isManager ? { customer_id: form.customer } : {}) });
  if (!isManager && form.regions?.length === 0) {
    throw new Problem({ code: 'invalid', errors: [{ path: 'region_ids', code: 'too_short', detail: '' }] }, 422);
  }
  return {
    name: form.name,
    role: form.role as ApiKeyBody['role'],
    region_ids: isManager ? null : form.regions,
    customer_id: isManager ? form.customer : null,
    // To the end of that day, where whoever chose it is.
    expires_at: form.lastDay === '' ? null : new Date(`${addDays(form.lastDay, 1)}T00:00:00`).toISOString(),
  };
}

/** Keys that end within a month are told apart before they do. */
export function standingOf(expiresAt: string | null | undefined, now: Date): 'lasting' | 'valid' | 'soon' | 'ended' {
  if (!expiresAt) return 'lasting';
  const left = new Date(expiresAt).getTime() - now.getTime();
  if (left <= 0) return 'ended';
  return left <= 30 * 86_400_000 ? 'soon' : 'valid';
}

/** The last day on which it holds to the end, as `2027-11-22`. */
export const lastDayOf = (expiresAt: string, zone: string): string => dayIn(new Date(new Date(expiresAt).getTime() - 1), zone);
