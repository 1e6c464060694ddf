import { beforeAll, describe, expect, it } from 'vitest';
import { catalogues } from '../../generated/portal.ts';
import { Problem } from '../../lib/api/index.ts';
import { language } from '../../lib/i18n/index.ts';
import type { Month, MonthFigure } from '../wire.ts';
import { placeOf, reportAddress } from '../place.svelte.ts';
import { choices, isMonth, lastWhole, MonthReport } from './month.svelte.ts';
import { isTold, meanings, monthSentences, outsideWords, periodWords } from './told.ts';

beforeAll(() => language.start(catalogues));

function aFigure(given: Partial<MonthFigure> = {}): MonthFigure {
  return {
    measure: 'sla_attainment',
    definition_version: 1,
    clock: 'response',
    value: '90',
    numerator: 9,
    denominator: 10,
    outside: {},
    ...given,
  };
}

function aMonth(given: Partial<Month> = {}): Month {
  return {
    month: '2026-06',
    from_day: '2026-06-01',
    to_day: '2026-07-01',
    as_of: '2026-07-02T08:00:00Z',
    is_over: true,
    interventions: 11,
    kept: [aFigure()],
    felt: [aFigure({ measure: 'csat_top2', clock: null, numerator: 2, denominator: 3 })],
    lifts: [
      {
        asset_id: 'a',
        code: 'A',
        name: 'Lift A',
        site_id: 's',
        site_name: 'Hotel Roc',
        agreed_seconds: 36_000,
        downtime_seconds: 5400,
        availability: aFigure({ measure: 'availability', clock: null, value: '85' }),
        target_percent: '99',
        is_met: false,
      },
    ],
    credits: [],
    credited: { EUR: '12.50' },
    ...given,
  };
}

describe('a month in plain words', () => {
  it('says what was kept, what stood still, what was felt and what we give back', () => {
    expect(monthSentences(aMonth())).toEqual([
      '11 jobs were reported or planned.',
      'We were on site in time for 9 of 10 calls that came due.',
      'Lifts stood still for 1\u00a0h\u00a030 of the agreed time in all.',
      '2 of 3 answers we got said satisfied.',
      'We give €12.50 back.',
    ]);
  });

  it('says so where nothing came due and nobody answered', () => {
    const quiet = aMonth({ interventions: 0, kept: [], felt: [], lifts: [], credited: {} });
    expect(monthSentences(quiet)).toEqual([
      'Nothing was reported or planned.',
      'No promise to be on site came due.',
      'Nobody told us how it was.',
    ]);
  });

  it('has a line only for what was asked or left out', () => {
    const nobody = aFigure({ measure: 'csat_top2', numerator: 0, denominator: 0, value: null, outside: {} });
    expect(isTold(nobody)).toBe(false);
    expect(isTold({ ...nobody, outside: { not_announced: 2 } })).toBe(true);
    expect(meanings(aMonth({ kept: [], lifts: [], felt: [nobody] }))).toEqual([]);
  });

  it('names the days it is about, and that a running month may still change', () => {
    expect(periodWords(aMonth())).toBe('What was reported in June 2026, up to 30 June 2026.');
    expect(periodWords(aMonth({ is_over: false }))).toContain('so far');
  });

  it('tells what a share leaves out, and by which definition each is counted', () => {
    expect(outsideWords(aFigure({ outside: { excused: 2, not_yet_due: 1 } }))).toBe('2 excused, 1 not yet due');
    expect(meanings(aMonth()).map(({ measure }) => measure)).toEqual(['sla_attainment', 'csat_top2', 'availability']);
  });
});

describe('which month it is', () => {
  it('is the last whole one unless the address names another', () => {
    expect(lastWhole('2026-01-15')).toBe('2025-12');
    expect(choices('2026-03-01').slice(0, 4)).toEqual(['2026-03', '2026-02', '2026-01', '2025-12']);
    expect(placeOf('#/report')).toEqual({ page: 'report', month: undefined });
    expect(placeOf(reportAddress('2026-06'))).toEqual({ page: 'report', month: '2026-06' });
    expect([isMonth('2026-13'), isMonth('2026-06'), isMonth(undefined)]).toEqual([false, true, false]);
  });

  it('never shows the figures of another month', async () => {
    const answers = new Map<string, (month: Month) => void>();
    const report = new MonthReport((month) => new Promise((resolve) => answers.set(month, resolve)));
    const first = report.open('2026-05');
    const second = report.open('2026-06');
    answers.get('2026-06')!(aMonth());
    answers.get('2026-05')!(aMonth({ month: '2026-05' }));
    await Promise.all([first, second]);
    expect(report.value?.month).toBe('2026-06');
  });

  it('says that it is offline, and keeps what it has', async () => {
    let isUp = true;
    const report = new MonthReport(() => (isUp ? Promise.resolve(aMonth()) : Promise.reject(new Problem({ code: 'offline' }, 0))));
    await report.open('2026-06');
    isUp = false;
    await report.open('2026-06');
    expect([report.face, report.problem?.code]).toEqual(['ready', 'offline']);
    await report.open('2026-05');
    expect(report.face).toBe('offline');
  });
});
