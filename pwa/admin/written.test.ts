import { beforeAll, expect, it } from 'vitest';
import { catalogues } from '../generated/admin.ts';
import { language } from '../lib/i18n/index.ts';
import { hoursWords } from './written.ts';

beforeAll(() => language.start(catalogues));

it('counts working time in hours however long it is, with one letter behind them', async () => {
  const told: string[] = [];
  for (const tag of ['en', 'fr', 'nl'] as const) {
    await language.adopt(tag);
    told.push(hoursWords(90), hoursWords(129_960));
  }
  expect(told.map((words) => words.replaceAll(/[\u00A0\u202F]/g, ' '))).toEqual([
    '1 h 30', '2,166 h', '1 h 30', '2 166 h', '1 u 30', '2.166 u',
  ]);
});
