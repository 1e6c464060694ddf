import { expect, it } from 'vitest';
import { addressOf, placeOf } from './address.svelte.ts';

it('leads to what a link names, and to the agreements otherwise', () => {
  expect(placeOf('#/credits')).toEqual({ section: 'credits', path: [] });
  expect(placeOf('#/agreements/a1/versions/v2')).toEqual({
    section: 'agreements',
    path: ['a1', 'versions', 'v2'],
  });
  expect(placeOf('')).toEqual({ section: 'agreements', path: [] });
  expect(placeOf('#/nowhere/at/all')).toEqual({ section: 'agreements', path: [] });
});

it('writes the address it reads', () => {
  expect(placeOf(addressOf('calendars', 'c1'))).toEqual({ section: 'calendars', path: ['c1'] });
});
