import { describe, expect, it } from 'vitest';
import { Problem } from '../../lib/api/problem.ts';
import { bodyOf, formOf, hasRegions, takenAt } from './form.ts';
import type { Member } from './gateway.ts';

const anna: Member = {
  id: 'anna',
  email: 'anna@example.org',
  name: 'Anna',
  role: 'dispatcher',
  language: 'fr',
  customer_id: null,
  technician_id: null,
  region_ids: ['valls'],
  is_disabled: false,
  version: 2,
  last_seen_at: null,
  sessions: 0,
  has_password: true,
  invited_until: null,
};

describe('the form of a person', () => {
  it('says what it was made of', () => {
    expect(bodyOf(formOf(anna))).toEqual({
      email: 'anna@example.org',
      name: 'Anna',
      role: 'dispatcher',
      language: 'fr',
      region_ids: ['valls'],
      technician_id: null,
      customer_id: null,
    });
  });

  it.each([
    [{}, ['email', 'name', 'role']],
    [{ ...formOf(anna), role: 'technician' as const }, ['technician_id']],
    [{ ...formOf(anna), role: 'manager' as const }, ['customer_id']],
    [{ ...formOf(anna), regions: [] }, ['region_ids']],
  ])('names what is missing', (form, paths) => {
    expect(faultsOf(() => bodyOf({ ...formOf(undefined), ...form }))).toEqual(paths);
  });

  it('sends along only what the role needs', () => {
    const form = { ...formOf(anna), role: 'technician' as const, technician: 'aina', customer: 'hotel' };
    expect(bodyOf(form)).toMatchObject({ technician_id: 'aina', customer_id: null, region_ids: null });
    expect(hasRegions('manager')).toBe(false);
    expect(bodyOf({ ...formOf(anna), regions: null }).region_ids).toBeNull();
  });

  it('puts a refusal where it belongs', () => {
    const taken = new Problem({ code: 'already_exists' }, 409);
    expect([takenAt(taken, true), takenAt(taken, false), takenAt(undefined, true)]).toEqual([
      'email',
      'technician_id',
      undefined,
    ]);
  });
});

function faultsOf(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error.errors.map(({ path }) => path);
    throw error;
  }
  return [];
}
