import { describe, expect, it } from 'vitest';
import { Problem } from '../../lib/api/problem.ts';
import { Edited } from '../edited.svelte.ts';
import { daysLeft, pressing, standingOf } from './certificates.ts';
import { bodyOf, formOf } from './form.ts';
import type { Technician } from './gateway.ts';

const aina: Technician = {
  id: 'aina',
  code: 'T-1',
  region_id: 'valls',
  name: 'Aina Puig',
  phone: '+376 300 001',
  home: { lat: 42.5, lon: 1.5 },
  languages: ['ca', 'fr'],
  skills: { traction: 3 },
  certificates: [{ name: 'traction', valid_until: '2027-01-31' }],
  is_active: true,
  has_calendar_feed: false,
  usual_week: [],
  authority_eur: '150.00',
  version: 4,
};

describe('a certificate', () => {
  it.each([
    ['2026-11-21', 'expired', -1],
    ['2026-11-22', 'soon', 0],
    ['2027-01-20', 'soon', 59],
    ['2027-01-21', 'valid', 60],
  ] as const)('until %s is %s', (until, standing, days) => {
    expect(standingOf(until, '2026-11-22')).toBe(standing);
    expect(daysLeft(until, '2026-11-22')).toBe(days);
  });

  it('that was renewed presses nobody', () => {
    const held = [
      { name: 'rescue', valid_until: '2026-01-01' },
      { name: 'rescue', valid_until: '2028-01-01' },
      { name: 'traction', valid_until: '2026-12-01' },
      { name: 'hydraulic', valid_until: '2026-06-01' },
    ];
    expect(pressing(held, '2026-11-22').map(({ name }) => name)).toEqual(['hydraulic', 'traction']);
  });
});

describe('the form of a technician', () => {
  it('says what it was made of', () => {
    const { id: _id, version: _version, is_active: _active, has_calendar_feed: _feed, usual_week: _week, ...said } = aina;
    expect(bodyOf(formOf(aina))).toEqual(said);
  });

  it('names every field that is missing, and a home that is nowhere', () => {
    const form = { ...formOf(undefined), skills: [{ name: '', level: '1' }], certificates: [{ name: 'x', until: '' }] };
    expect(faultsOf(() => bodyOf(form))).toEqual([
      'code',
      'name',
      'region_id',
      'home',
      'skills.0.name',
      'certificates.0.valid_until',
    ]);
    expect(faultsOf(() => bodyOf({ ...formOf(aina), home: 'here' }))).toEqual(['home']);
  });

  it('does not take one skill with two levels', () => {
    const skills = [
      { name: 'traction', level: '1' },
      { name: ' traction', level: '2' },
    ];
    expect(faultsOf(() => bodyOf({ ...formOf(aina), skills }))).toEqual(['skills.1.name']);
  });
});

it('keeps what was typed when somebody else changed the technician, and saves on top of it', async () => {
  const edited = new Edited(formOf, async () => ({ ...aina, version: 5 }));
  edited.open(aina);
  edited.form!.phone = '+376 300 002';
  const send = async (form: { phone: string }, row: Technician | undefined): Promise<Technician> => {
    if (row?.version !== 5) throw new Problem({ code: 'stale' }, 412);
    return { ...aina, phone: form.phone, version: 6 };
  };
  expect(await edited.save(send)).toBeUndefined();
  expect(edited.deed.problem?.code).toBe('stale');
  expect(edited.form!.phone).toBe('+376 300 002');
  expect((await edited.save(send))?.version).toBe(6);
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
