// Reports in words and rows. Texts are in messages.
import { number, skillWord, t, wordFor } from '../../lib/i18n/index.ts';
import { baseWords, restsOn, titleOf, valueWords } from '../figures/told.ts';
import { addressOf } from '../address.svelte.ts';
import { hoursWords, money, percent } from '../written.ts';
import type { Cell } from '../../lib/csv.ts';
import type { Figure, RegionReport, SkillCapacity, Trend } from './gateway.ts';

export interface Row {
  readonly key: string;
  readonly cells: readonly string[];
  readonly raw: readonly Cell[];
  /** How long its bar is, of 1. */
  readonly bar?: number | undefined;
  readonly href?: string | undefined;
}

/** What it measures, how much, of how many, and by which definition. */
export function figureRow(figure: Figure): Row {
  const { measure, clock, value, definition_version: version } = figure;
  return {
    key: `${measure} ${clock}`,
    cells: [titleOf(measure, clock), valueWords(figure) ?? '–', baseWords(figure) || '–', `${measure} ${version}`],
    raw: [titleOf(measure, clock), value, ...countedOf(figure), `${measure} ${version}`],
    href: addressOf('figures', 'definitions', measure),
  };
}

export const figureColumns = (): string[] => [
  t('admin.report.figure'),
  t('admin.report.value'),
  t('admin.figure.rests_on'),
  t('admin.report.definition'),
];

/** What a figure rests on, each in a column of its own: a table program takes `6/7` for a day. */
export const partColumns = (): string[] => [t('admin.report.counted'), t('admin.report.counted_of')];

/** How many of how many; of a mean, of how many answers, visits or calls it is one. */
export function countedOf({ unit, numerator, denominator, facts }: Figure): Cell[] {
  if (unit === 'percent') return [numerator, denominator];
  const of = facts['answers'] ?? facts['visits'] ?? facts['calls'];
  return [null, typeof of === 'number' ? of : null];
}

export const figureFileColumns = (): string[] => [
  t('admin.report.figure'),
  t('admin.report.value'),
  ...partColumns(),
  t('admin.report.definition'),
];

/** `96.4% (27 of 28)`: a share where no column beside it says what it rests on. */
export function valueOn(figure: Figure): string {
  const [value, base] = [valueWords(figure), restsOn(figure).replace(/\.$/, '')];
  if (value === undefined) return '–';
  return base === '' ? value : `${value} (${base})`;
}

export const points = (trend: Trend): number[] =>
  trend.points.flatMap(({ value }) => (value === null ? [] : [Number(value)]));

const share = (value: number): string => number(value / 100, { style: 'percent', maximumFractionDigits: 1 });

export const trendName = (trend: Trend): string => titleOf(trend.measure, trend.clock);

/** What a line tells, as a sentence: from where to where. */
export function trendTitle(trend: Trend): string {
  const found = points(trend);
  const name = trendName(trend);
  const [first, last] = [found[0], found.at(-1)];
  if (first === undefined || last === undefined || found.length < 2) return t('admin.report.trend.none', { name });
  const facts = { name, first: percent(first), last: percent(last) };
  if (Math.abs(last - first) < 0.05) return t('admin.report.trend.same', facts);
  return t(last > first ? 'admin.report.trend.up' : 'admin.report.trend.down', facts);
}

/** A skill's four weeks: hours asked for out of the hours there were, and whether they drift apart. */
export function capacityRow({ skill, weeks, rise_points: rise, is_alert: isAlert }: SkillCapacity): Row {
  const climbs = rise === null ? '–' : number(Number(rise), { signDisplay: 'exceptZero', maximumFractionDigits: 1 });
  return {
    key: skill,
    cells: [
      skill === '' ? t('admin.capacity.all') : skillWord(skill),
      ...weeks.map(({ demand_minutes, available_minutes, load }) => {
        const demand = hoursWords(demand_minutes);
        if (load === null) return t('admin.capacity.none', { demand });
        return t('admin.capacity.of', { demand, available: hoursWords(available_minutes), load: share(Number(load)) });
      }),
      isAlert ? t('admin.capacity.alert', { rise: climbs }) : climbs,
    ],
    raw: [skill || 'all', ...weeks.map((week) => week.load), rise],
  };
}

export const sums = (by: Readonly<Record<string, string>>): string =>
  Object.entries(by).map(([currency, amount]) => money(amount, currency)).join(' · ') || t('admin.report.no_money');

export const partNames = ['travel', 'waiting', 'on_site', 'rest'] as const;
export type PartName = (typeof partNames)[number];

export const minutesOf = (parts: RegionReport['parts'], name: PartName): number => parts[`${name}_minutes`];

/** The share that the figure of the same name tells. */
export function partShare(parts: RegionReport['parts'], name: PartName): string {
  const found = parts[`${name}_percent`];
  return found === null ? '–' : percent(found);
}

/** Where the time of the shifts went, in a sentence. */
export function partsTitle(parts: RegionReport['parts']): string {
  if (parts.shift_minutes === 0) return t('admin.report.parts.none');
  return t('admin.report.parts.told', { on_site: partShare(parts, 'on_site'), travel: partShare(parts, 'travel') });
}

export const causeWords = (cause: string): string => {
  if (cause === '') return t('admin.ledger.no_cause');
  return cause === 'availability' ? t('admin.measure.availability') : wordFor('cause', cause);
};
