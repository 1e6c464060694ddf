import { describe, expect, it } from 'vitest';
import { hours, line, serviceRow, terms } from '../testing/makers.ts';
import { relied } from './relied.ts';

const house = terms({
  services: [serviceRow({ exclusions: ['Vandalism'] }), serviceRow({ service: 'escalator-repair' })],
  clauses: [
    line({ warn_percents: [50] }),
    line({ region_id: 'valley', calendar_id: 'office' }),
    line({ region_id: 'mountain', calendar_id: 'office' }),
    line({ service: 'lift-repair', severity: 'S1', clock: 'response', promise: hours(1) }),
    line({ service: 'lift-repair', severity: 'S2', clock: 'response', promise: hours(4) }),
    line({ service: 'escalator-repair', severity: 'S2', clock: 'response', promise: hours(4) }),
  ],
});
const valley = new Set(['valley']);

describe('what an agreement takes from the house', () => {
  it('are the lines about its services, near its sites, that it does not replace', () => {
    const own = terms({ clauses: [line({ severity: 'S2', clock: 'response', promise: hours(2) })] });
    const found = relied(own, house, valley);
    expect(found.clauses.map((each) => [each.region_id, each.severity])).toEqual([
      ['valley', null],
      [null, 'S1'],
    ]);
    expect(found.services.map((each) => each.service)).toEqual(['lift-repair']);
  });

  it('keep a promise that is replaced at one site only', () => {
    const site = line({ severity: 'S2', clock: 'response', site_id: 's', promise: hours(2) });
    const found = relied(terms({ clauses: [site] }), house, valley);
    expect(found.clauses.map((each) => each.severity)).toEqual([null, 'S1', 'S2']);
  });

  it('exclude what the house excludes, unless the agreement says what', () => {
    const excluding = terms({ services: [serviceRow({ exclusions: ['Flooding'] })] });
    const excluded = (own: typeof house) => relied(own, house, valley).services[0]!.exclusions;
    expect([excluded(terms()), excluded(excluding)]).toEqual([['Vandalism'], []]);
  });
});
