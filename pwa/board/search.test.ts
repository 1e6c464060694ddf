import { expect, it } from 'vitest';
import { interventionMatches, technicianMatches } from './search.ts';
import { boardVisit, intervention, technician } from './testing/makers.ts';

it('finds a site without its accents and case', () => {
  const site = { ...intervention('one').site, name: 'Edifici Camí Ral' };
  expect(interventionMatches(intervention('one', { site }), 'CAMI ral')).toBe(true);
});

it('finds an intervention by its number', () => {
  expect(interventionMatches(intervention('42'), 'i-42')).toBe(true);
  expect(interventionMatches(intervention('42'), 'i-43')).toBe(false);
});

it('keeps the row of a technician whose visit answers the search', () => {
  const row = technician('Inès', [boardVisit('one', { site_name: 'Hotel Valira' })]);
  expect(technicianMatches(row, 'valira')).toBe(true);
  expect(technicianMatches(row, 'ines')).toBe(true);
  expect(technicianMatches(row, 'tom')).toBe(false);
});
