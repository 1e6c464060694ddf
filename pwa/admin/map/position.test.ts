import { describe, expect, it } from 'vitest';
import { cornersOf, outlineOf, withCorner } from './outline.ts';
import { positionIn, positionsIn, positionText } from './position.ts';

describe('a position somebody types', () => {
  it.each([
    ['42.50631, 1.52184', 42.50631, 1.52184],
    ['42,50631 ; 1,52184', 42.50631, 1.52184],
    ['42,50631, 1,52184', 42.50631, 1.52184],
    ['-33.9 18.4', -33.9, 18.4],
  ])('reads %s', (text, lat, lon) => {
    expect(positionIn(text)).toEqual({ lat, lon });
  });

  it.each(['', '42.5', 'north, east', '91, 1', '42, 181', '42.5, 1.5, 3'])('does not read "%s"', (text) => {
    expect(positionIn(text)).toBeUndefined();
  });

  it('is written to the centimetre and read again', () => {
    const written = positionText({ lat: 42.123456789, lon: 1.5 });
    expect(written).toBe('42.123457, 1.5');
    expect(positionIn(written)).toEqual({ lat: 42.123457, lon: 1.5 });
  });

  it('is one a line in a list, and one bad line spoils it', () => {
    expect(positionsIn('42, 1\n\n43, 2\n')).toHaveLength(2);
    expect(positionsIn('42, 1\nhere')).toBeUndefined();
  });
});

describe('the outline of a region', () => {
  const square = [
    { lat: 0, lon: 0 },
    { lat: 0, lon: 2 },
    { lat: 2, lon: 2 },
    { lat: 2, lon: 0 },
  ];

  it('closes its ring and keeps its holes', () => {
    const hole: [number, number][] = [[0.5, 0.5], [1, 0.5], [1, 1], [0.5, 0.5]];
    const before = outlineOf(square)!;
    const pierced = { ...before, coordinates: [...before.coordinates, hole] };
    const after = outlineOf(square.slice(0, 3), pierced)!;
    expect(after.coordinates[0]).toEqual([[0, 0], [2, 0], [2, 2], [0, 0]]);
    expect(after.coordinates[1]).toEqual(hole);
    expect(cornersOf(after)).toEqual(square.slice(0, 3));
    expect(outlineOf([])).toBeNull();
  });

  it('takes a new corner into the side it lies nearest to', () => {
    expect(withCorner(square, { lat: 1, lon: 2.5 })[2]).toEqual({ lat: 1, lon: 2.5 });
    expect(withCorner(square, { lat: 1, lon: -0.5 })[4]).toEqual({ lat: 1, lon: -0.5 });
  });
});
