import { expect, test } from 'vitest';
import { boardVisit, intervention, technician } from '../testing/makers.ts';
import { nearest, placesOf } from './places.ts';

const place = (name: string, lat: number, lon: number) => ({ name, lat, lon });

test('the places of a day are where somebody goes and where somebody is still to go', () => {
  const going = technician('ines', [boardVisit('one', { site_id: 'hotel', site_name: 'Hotel' })]);
  const waiting = intervention('two');
  const names = [...placesOf({ technicians: [going], queue: [waiting] }).values()].map(({ name }) => name);
  expect(names).toEqual(['Hotel', waiting.site.name]);
});

test('a place is told by the nearest, and a degree east is shorter than one north', () => {
  const north = place('North', 42.514, 1.52);
  const east = place('East', 42.5, 1.538);
  expect(nearest([north, east], { lat: 42.5, lon: 1.52 })).toBe(east);
  expect(nearest([], { lat: 42.5, lon: 1.52 })).toBeUndefined();
});
