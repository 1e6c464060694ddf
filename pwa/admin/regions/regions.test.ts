import { describe, expect, it } from 'vitest';
import { Problem } from '../../lib/api/problem.ts';
import { bodyOf, formOf } from './form.ts';
import type { Region } from './gateway.ts';

const valls = {
  id: 'valls',
  code: 'VALLS',
  name: 'Valls centrals',
  zone: 'Europe/Andorra',
  profile: 'mountain',
  calendar_id: 'week',
  outline: { type: 'Polygon', coordinates: [[[1, 42], [2, 42], [2, 43], [1, 42]]] },
  borrows_from: ['altes'],
  borrow_cost: 1800,
  arrival_by: 'automatic',
  arrival_radius_m: 200,
  dispatch_phone: '+376800123',
  version: 2,
} as unknown as Region;

describe('the form of a region', () => {
  it('says what it was made of', () => {
    const { id: _id, version: _version, ...said } = valls;
    expect(bodyOf(formOf(valls), valls)).toEqual(said);
  });

  it('writes the telephone as it is dialled, and time in seconds', () => {
    const body = bodyOf({ ...formOf(valls), phone: '+376 (800) 12-3', borrowMinutes: '12,5', corners: '' }, valls);
    expect(body).toMatchObject({ dispatch_phone: '+376800123', borrow_cost: 750, outline: null });
  });

  it.each([
    ['42, 1\n42, 2', 'too_few_corners'],
    ['42, 1\nthere\n43, 2', 'not_a_position'],
  ])('does not draw an outline of "%s"', (corners, code) => {
    expect(() => bodyOf({ ...formOf(valls), corners }, valls)).toThrow(Problem);
    try {
      bodyOf({ ...formOf(valls), corners }, valls);
    } catch (error) {
      expect((error as Problem).errors).toEqual([{ path: 'outline', code, detail: '' }]);
    }
  });
});
