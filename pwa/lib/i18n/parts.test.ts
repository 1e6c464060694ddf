import { expect, test } from 'vitest';
import { catalogues } from '../../generated/technician.ts';
import { language } from './language.svelte.ts';
import { partWords } from './parts.ts';

const names = { en: 'Brake lining', fr: 'Garniture de frein', es: 'Zapata de freno', nl: 'Remvoering' };

test.each([
  ['en', 'piece', '2', '2\u00a0× Brake lining'],
  ['fr', 'm', '3.5', '3,5\u00a0m Garniture de frein'],
  ['es', 'pair', '1', '1\u00a0× Zapata de freno (par)'],
  ['nl', 'set', '1', '1\u00a0× Remvoering (set)'],
] as const)('in %s a %s of a part is said with how much of it', async (tag, unit, quantity, words) => {
  await language.start(catalogues);
  await language.change(tag);
  expect(partWords({ names, unit, quantity })).toBe(words);
});
