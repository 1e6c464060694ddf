import { beforeAll, describe, expect, it } from 'vitest';
import { catalogues } from '../../../generated/admin.ts';
import { language } from '../../../lib/i18n/index.ts';
import { hours, line, names, serviceRow, terms } from '../testing/makers.ts';
import { itemWords, outside, toldLine, toldServices } from './told.ts';

beforeAll(async () => {
  await language.start(catalogues);
  await language.change('en');
});

const promise = hours(4);

describe('a line of an agreement', () => {
  it('says what is promised, in which hours and where', () => {
    const told = toldLine(line({ clock: 'response', promise, calendar_id: 'office' }), false, names);
    expect(told.text).toBe(
      'Arrival on site: within 4\u00a0h of service time, in the hours “Working days”, everywhere',
    );
  });

  it('says day and night instead of naming hours that never end', () => {
    const told = toldLine(line({ clock: 'safe', promise, calendar_id: 'always' }), false, names);
    expect(told.text).toBe('Person released: within 4\u00a0h, day and night, everywhere');
  });

  it('names the place it is for', () => {
    const told = (given: object) => toldLine(line({ clock: 'safe', ...given }), false, names).text;
    expect(told({ region_id: 'r' })).toBe('Person released: in Ordino');
    expect(told({ site_id: 's' })).toBe('Person released: at Hotel Valira');
    expect(told({ site_id: 's', asset_id: 'a' })).toBe('Person released: for Lift A');
  });

  it('keeps our own aim and warnings apart from what is promised', () => {
    const clause = line({ clock: 'response', promise, internal_percent: 80, warn_percents: [50, 75] });
    const told = toldLine(clause, false, names);
    expect(told.inside).toEqual(['We aim for 80% of it.', 'We are warned at 50% and 75% of it.']);
    expect(told.text).not.toContain('80');
  });

  it.each([
    ['corporate', true, {}],
    ['customer', false, {}],
    ['service', false, { service: 'lift-repair' }],
    ['site', false, { service: 'lift-repair', site_id: 's' }],
    ['asset', false, { site_id: 's', asset_id: 'a' }],
  ] as const)('is of the level %s', (level, isCorporate, given) => {
    expect(toldLine(line(given), isCorporate, names).level).toBe(level);
  });
});

describe('the services of an agreement', () => {
  it('takes lines without a service as those of the only one there is', () => {
    const told = toldServices(terms(), false, names);
    expect(told.map((each) => each.name)).toEqual(['Lift repair']);
    expect(told[0]!.groups.map((each) => each.severity)).toEqual(['S2']);
  });

  it('tells lines for every service after those of each', () => {
    const services = [serviceRow(), serviceRow({ service: 'inspection' })];
    const clauses = [line({ calendar_id: 'office' }), line({ service: 'inspection', severity: 'S4' })];
    const told = toldServices(terms({ services, clauses }), false, names);
    expect(told.map((each) => [each.name, each.groups.length])).toEqual([
      ['Lift repair', 0],
      ['Inspection', 1],
      ['Every service', 1],
    ]);
  });

  it('leaves out, for readers outside the house, lines that only set our own aim', () => {
    const clauses = [line({ internal_percent: 80 }), line({ calendar_id: 'office', internal_percent: 80 })];
    expect(outside(terms({ clauses })).clauses).toEqual([clauses[1]]);
  });

  it('puts the gravest first', () => {
    const clauses = [line({ severity: 'S3' }), line({}), line({ severity: 'S1' })];
    const [only] = toldServices(terms({ clauses }), false, names);
    expect(only!.groups.map((each) => each.severity)).toEqual(['S1', 'S3', '']);
  });
});

it('says the limits of a reading with its unit', () => {
  const reading = { key: 'k', label: 'Oil', kind: 'reading', is_mandatory: true, unit: '°C' } as const;
  expect(itemWords({ ...reading, low: '10', high: '60' })).toBe('Oil: between 10 and 60 °C');
  expect(itemWords({ ...reading, low: null, high: '60' })).toBe('Oil: at most 60 °C');
});
