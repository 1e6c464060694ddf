import { describe, expect, it } from 'vitest';
import { Problem } from '../../lib/api/problem.ts';
import { bodyOf, formOf } from './form.ts';
import type { Region } from './gateway.ts';
import { tripSeconds } from './trip.ts';

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
  unanswered_minutes: 30,
  authority_eur: null,
  response_minutes: { S1: 20, S2: 240, S3: 1440 },
  speeds: {
    bands: [
      { up_to_metres: 2000, kilometres_per_hour: 10 },
      { up_to_metres: null, kilometres_per_hour: 15 },
    ],
    busy: [{ from_minute: 450, to_minute: 570, factor: 1.4 }],
  },
  version: 2,
} as unknown as Region;

describe('the form of a region', () => {
  it('says what it was made of', () => {
    const { id: _id, version: _version, ...said } = valls;
    expect(bodyOf(formOf(valls), valls)).toEqual(said);
  });

  it('writes the telephone as it is dialled, and time in seconds', () => {
    const body = bodyOf({ ...formOf(valls), phone: '+376 (800) 12-3', borrowMinutes: '12,5', authority: ' 250,5', corners: '' }, valls);
    expect(body).toMatchObject({ dispatch_phone: '+376800123', borrow_cost: 750, authority_eur: '250.5', outline: null });
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

describe('a trip while speeds are typed', () => {
  const { bands, busy } = valls.speeds;

  // The server's own worked example: an old town's curve goes 0, 1,000 m in 360 s, 2,500 m in 600 s.
  it.each([
    [500, 0, 180],
    [1000, 0, 360],
    [1750, 0, 480],
    [2500, 0, 600],
    [5000, 0, 1200],
    [1000, 480, 504],
    [1000, 570, 360],
  ])('of %d m at minute %d takes %d s', (metres, minute, seconds) => {
    expect(tripSeconds(metres, bands, busy, minute)).toBe(seconds);
  });
});
