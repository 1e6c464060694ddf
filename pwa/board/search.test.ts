import { expect, it } from 'vitest';
import { interventionMatches } from './search.ts';
import { intervention } from './testing/makers.ts';

it('finds a site without its accents and case', () => {
  const site = { ...intervention('one').site, name: 'Edifici Camí Ral' };
  expect(interventionMatches(intervention('one', { site }), 'CAMI ral')).toBe(true);
});

it('finds an intervention by its number', () => {
  expect(interventionMatches(intervention('42'), 'i-42')).toBe(true);
  expect(interventionMatches(intervention('42'), 'i-43')).toBe(false);
});
