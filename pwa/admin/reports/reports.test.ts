import { beforeAll, describe, expect, it } from 'vitest';
import { catalogues } from '../../generated/admin.ts';
import { language } from '../../lib/i18n/index.ts';
import { figure } from '../testing/makers.ts';
import { csvOf } from '../../lib/csv.ts';
import type { Trend } from './gateway.ts';
import { figureRow, partsTitle, sums, trendTitle } from './told.ts';

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
});

describe('a report in words', () => {
  it('tells a line as a sentence, over what was not measured', () => {
    expect(trendTitle(trend('50', null, '75.5'))).toBe('Satisfied customers: from 50% up to 75.5%');
    expect(trendTitle(trend('75', '50'))).toBe('Satisfied customers: from 75% down to 50%');
    expect(trendTitle(trend('75', '75'))).toBe('Satisfied customers: 75%, as at the start');
    expect(trendTitle(trend('75', null))).toBe('Satisfied customers: too little for a trend');
  });

  it('says where the time of shifts went', () => {
    const parts = { travel_minutes: 60, waiting_minutes: 0, on_site_minutes: 240, rest_minutes: 180, shift_minutes: 480 };
    expect(partsTitle(parts)).toBe('50% of shift time was spent on site, 12.5% on the road');
    expect(partsTitle({ ...parts, shift_minutes: 0 })).toBe('No shift in these days');
  });

  it('puts the exact parts of a figure and its definition into the file', () => {
    expect(figureRow(figure()).raw).toEqual(['sla_attainment response', '96.42', '27/28', 'sla_attainment 1']);
  });

  it('adds no two currencies up', () => {
    expect(sums({ EUR: '10.00', CHF: '5.00' })).toBe('€10.00 · CHF\u00a05.00');
    expect(sums({})).toBe('nothing');
  });
});
