import { beforeAll, describe, expect, it, vi } from 'vitest';
import { catalogues } from '../../generated/admin.ts';
import document from '../../lib/api/openapi.json' with { type: 'json' };
import { language } from '../../lib/i18n/index.ts';
import { figure } from '../testing/makers.ts';
import { csvOf } from '../../lib/csv.ts';
import { httpGateway, type Trend } from './gateway.ts';
import { countedOf, figureFileColumns, figureRow, partsTitle, sums, trendTitle, valueOn } from './told.ts';

beforeAll(() => language.start(catalogues));

const trend = (...values: (string | null)[]): Trend => ({
  measure: 'csat_top2',
  definition_version: 1,
  clock: null,
  points: values.map((value, index) => ({ from_day: `2026-06-0${index + 1}`, value, numerator: 1, denominator: 2 })),
});

describe('a table as a file', () => {
  it('keeps commas, quotes and lines in their field', () => {
    expect(csvOf(['a', 'b'], [['x, "y"', 1], [null, 'two\nlines']])).toBe('a,b\r\n"x, ""y""",1\r\n,"two\nlines"\r\n');
  });

  it('holds no formula, and a number below zero stays one', () => {
    expect(csvOf(['a'], [['=SUM(A1)'], ['-3.33']])).toBe("a\r\n'=SUM(A1)\r\n-3.33\r\n");
  });

  it('is written as the table programs of the reader expect it', async () => {
    const rows = [['Doors, all', '14.29', 3, '2026-000007', '2.0.1']];
    await language.change('fr');
    expect(csvOf(['a'], rows)).toBe('a\r\nDoors, all;14,29;3;2026-000007;2.0.1\r\n');
    await language.change('en');
    expect(csvOf(['a'], rows)).toBe('a\r\n"Doors, all",14.29,3,2026-000007,2.0.1\r\n');
  });
});

describe('a report in words', () => {
  it('says beside a share what it rests on', () => {
    expect(valueOn(figure())).toBe('96.42% (27 of 28)');
    expect(valueOn({ ...figure(), value: null, numerator: 0, denominator: 0 })).toBe('–');
  });

  it('tells a line as a sentence, over what was not measured', () => {
    expect(trendTitle(trend('50', null, '75.5'))).toBe('Satisfied customers: from 50% up to 75.5%');
    expect(trendTitle(trend('75', '50'))).toBe('Satisfied customers: from 75% down to 50%');
    expect(trendTitle(trend('75', '75'))).toBe('Satisfied customers: 75%, as at the start');
    expect(trendTitle(trend('75', null))).toBe('Satisfied customers: too little for a trend');
  });

  it('says where the time of shifts went', () => {
    const parts = { travel_minutes: 60, waiting_minutes: 0, on_site_minutes: 240, rest_minutes: 180, shift_minutes: 480, travel_percent: '12.49', waiting_percent: '0', on_site_percent: '50', rest_percent: '37.51' };
    expect(partsTitle(parts)).toBe('50% of shift time was spent on site, 12.49% on the road');
    expect(partsTitle({ ...parts, shift_minutes: 0 })).toBe('No shift in these days');
  });

  it('puts the exact parts of a figure and its definition into the file', () => {
    expect(figureRow(figure()).raw).toEqual(['Arrival on site: Promises kept', '96.42', 27, 28, 'sla_attainment 1']);
    expect(countedOf({ ...figure(), unit: 'answer_1_to_5', numerator: 61, denominator: 15, facts: { answers: 45 } })).toEqual([null, 45]);
    expect(figureFileColumns()).toHaveLength(figureRow(figure()).raw.length);
  });

  it('adds no two currencies up', () => {
    expect(sums({ EUR: '10.00', CHF: '5.00' })).toBe('€10.00 · CHF\u00a05.00');
    expect(sums({})).toBe('nothing');
  });
});

describe('the agenda for a customer', () => {
  it('holds what was missed in its days, and nothing before', async () => {
    const asked: URL[] = [];
    vi.stubGlobal('fetch', async (request: Request) => {
      asked.push(new URL(request.url));
      return Response.json({ items: [], next_cursor: null });
    });
    await httpGateway.breaches('c', '2026-10-26T23:00:00Z', '2026-11-23T23:00:00Z');
    vi.unstubAllGlobals();
    const known = document.paths['/api/breaches'].get.parameters.map(({ name }) => name);
    const query = asked[0]!.searchParams;
    expect(known).toEqual(expect.arrayContaining([...query.keys()]));
    expect([query.get('from'), query.get('to')]).toEqual(['2026-10-26T23:00:00Z', '2026-11-23T23:00:00Z']);
  });
});
