import { beforeAll, describe, expect, it } from 'vitest';
import { catalogues } from '../../generated/admin.ts';
import { language } from '../../lib/i18n/index.ts';
import { FiguresView } from './figures.svelte.ts';
import type { FiguresGateway } from './gateway.ts';
import { baseWords, definedAs, definitionText, isFelt, outsideWords, partsOf, restsOn, titleOf, valueWords } from './told.ts';
import { figure } from '../testing/makers.ts';
import { twin } from '../testing/twin.ts';

beforeAll(() => language.start(catalogues));

describe('a figure in words', () => {
  it('says its value as the reader writes it, and what it rests on', () => {
    expect(valueWords(figure())).toBe('96.42%');
    expect(restsOn(figure())).toBe('27 of 28.');
    const mean = figure({ measure: 'hands_on', clock: null, unit: 'minutes', value: '95', facts: { calls: 3 } });
    expect([valueWords(mean), restsOn(mean)]).toEqual(['1\u00a0h\u00a035', 'Mean of 3 calls.']);
  });

  it('has no value where nothing was measured', () => {
    expect(valueWords(figure({ value: null }))).toBeUndefined();
  });

  it('tells a score with its parts, and an answer by how many gave one', () => {
    const parts = [{ name: 'csat', weight: 40, points: 50, rests_on: 2 }];
    const score = figure({ measure: 'xla_score', clock: null, unit: 'points', value: '50', facts: { parts } });
    expect([isFelt(score), partsOf(score)]).toEqual([true, parts]);
    expect([isFelt(figure()), partsOf(figure())]).toEqual([false, []]);
    expect(restsOn(figure({ measure: 'csat_mean', facts: { answers: 3 } }))).toBe('3 answers.');
  });

  it('says what is outside, without what is not', () => {
    const given = figure({ outside: { not_yet_due: 2, excused: 1, cancelled: 0 } });
    expect(outsideWords(given)).toBe('2 not yet due and 1 excused');
    expect(outsideWords(figure())).toBe('');
  });

  it('tells what it rests on in sentences that stand apart', () => {
    const repaired = figure({ facts: { second_visits: 10, repeats: 41 }, outside: {} });
    expect(baseWords(repaired)).toBe('27 of 28. 10 needed a second visit. 41 came back.');
  });

  it('tells by which definition it was made, in the name readers know', () => {
    expect(definedAs('late_share', 2)).toBe('Measure “Came too late”, definition version 2.');
  });

  it('names every measure by its clock, and a new one by what the server says', () => {
    expect(titleOf('sla_attainment', 'response')).toBe('Arrival on site: Promises kept');
    expect(definitionText({ id: 'brand_new', text: 'Something new.' })).toBe('Something new.');
  });
});

describe('figures of a period', () => {
  it('count the last day too, and ask nothing for a period that ends before it begins', async () => {
    const server = twin<FiguresGateway>({ figures: async (wanted) => ({ ...wanted, figures: [] }) as never });
    const view = new FiguresView(server, '2026-10-01', '2026-10-31');
    view.region = 'valls';
    await view.look();
    expect(server.asked[0]?.given).toEqual([
      { from_day: '2026-10-01', to_day: '2026-11-01', region_id: 'valls' },
    ]);
    view.to = '2026-09-30';
    await view.look();
    expect(server.asked).toHaveLength(1);
  });
});
