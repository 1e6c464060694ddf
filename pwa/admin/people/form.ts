// One person who may come in as a form, and back.
import { Problem } from '../../lib/api/problem.ts';
import { requireSaid } from '../faults.ts';
import type { AccountBody, Member, Role } from './gateway.ts';

export interface PersonForm {
  email: string;
  name: string;
  role: Role | '';
  language: Member['language'];
  regions: string[] | null;
  technician: string;
  customer: string;
}

export const roles: readonly Role[] = ['dispatcher', 'technician', 'manager', 'experience', 'auditor', 'admin'];
/** Whose regions are asked for: a technician has one, a manager has buildings. */
export const hasRegions = (role: Role | ''): boolean => role !== '' && role !== 'technician' && role !== 'manager';

export function formOf(row: Member | undefined): PersonForm {
  return {
    email: row?.email ?? '',
    name: row?.name ?? '',
    role: row?.role ?? '',
    language: row?.language ?? 'fr',
    regions: row?.region_ids ?? null,
    technician: row?.technician_id ?? '',
    customer: row?.customer_id ?? '',
  };
}

/** Throws what can be said before the server is asked, at its field. */
export function bodyOf(form: PersonForm): AccountBody {
  requireSaid({
    email: form.email,
    name: form.name,
    role: form.role,
    ...(form.role === 'technician' ? { technician_id: form.technician } : {}),
    ...(form.role === 'manager' ? { customer_id: form.customer } : {}),
  });
  const isWithRegions = hasRegions(form.role);
  if (isWithRegions && form.regions?.length === 0) {
    throw new Problem({ code: 'invalid', errors: [{ path: 'region_ids', code: 'too_short', detail: '' }] }, 422);
  }
  return {
    email: form.email.trim(),
    name: form.name,
    role: form.role as Role,
    language: form.language,
    region_ids: isWithRegions ? form.regions : null,
    technician_id: form.role === 'technician' ? form.technician : null,
    customer_id: form.role === 'manager' ? form.customer : null,
  };
}

/** Where on the form a refusal belongs: an address or a technician that is somebody else's already. */
export function takenAt(problem: Problem | undefined, isNew: boolean): 'email' | 'technician_id' | undefined {
  if (problem?.code !== 'already_exists') return undefined;
  return isNew ? 'email' : 'technician_id';
}
