import { describe, expect, it } from 'vitest';
import { initials, placesOf, whereabouts } from './places.ts';
import { roundOf } from './route.ts';
import { at, board, boardVisit, intervention, technician, visit } from '../testing/makers.ts';
import type { Site } from '../wire.ts';

const site = (id: string) =>
  ({ id, name: id, position: { lat: 42.5, lon: 1.5 } }) as Site;

describe('places on the map', () => {
  it('show a site once, by its gravest waiting call', () => {
    const minor = intervention('minor', { severity: 'S3' });
    const grave = intervention('grave', { severity: 'S1', site: minor.site });
    const planned = boardVisit('planned', { site_id: minor.site.id });
    const day = board({ queue: [minor, grave], technicians: [technician('ines', [planned])] });
    expect(placesOf(day, [site(minor.site.id)])).toMatchObject([
      { trouble: 'waiting', severity: 'S1', intervention: 'grave' },
    ]);
  });

  it('tell planned trouble from waiting trouble', () => {
    const day = board({ technicians: [technician('ines', [boardVisit('one')])] });
    expect(placesOf(day, [])).toMatchObject([{ trouble: 'planned', visit: 'one' }]);
  });

  it('are quiet where nothing is open any more', () => {
    const done = boardVisit('one', { visit: visit('one', { status: 'completed' }) });
    const day = board({ technicians: [technician('ines', [done])] });
    expect(placesOf(day, [site('site-one')])).toMatchObject([{ trouble: 'quiet', severity: null }]);
  });
});

describe('technicians on the map', () => {
  const now = Date.parse(at('10:00'));
  const seen = (clock: string) => ({ at: at(clock), position: { lat: 1, lon: 2 }, accuracy_m: 20 });

  it.each([
    [null, null, true],
    [seen('09:50'), at('09:50'), false],
    [seen('09:40'), at('09:40'), true],
  ])('are stale a quarter of an hour after they were seen', (last, known, isStale) => {
    const [one] = whereabouts([{ ...technician('ines'), seen: last }], now);
    expect(one).toMatchObject({ knownAt: known && Date.parse(known), isStale });
  });

  it('are where they arrived as long as they work there', () => {
    const working = visit('one', { status: 'in_progress', arrived_at: at('08:30') });
    const [one] = whereabouts([technician('ines', [boardVisit('one', { visit: working })])], now);
    expect(one).toMatchObject({ knownAt: Date.parse(at('08:30')), isStale: false });
  });

  it('have a round: what is still open, in its order', () => {
    const later = boardVisit('later', { visit: visit('later', { starts_at: at('14:00') }) });
    const next = boardVisit('next', { visit: visit('next', { starts_at: at('11:00') }) });
    const done = boardVisit('done', { visit: visit('done', { status: 'completed' }) });
    const round = roundOf(technician('ines', [later, done, next]));
    expect(round.stops.map(({ visit: id, order }) => [id, order])).toEqual([['next', 1], ['later', 2]]);
  });
});

describe('initials', () => {
  it('are of the first and the last name', () => {
    expect(initials('Inès de la Vall')).toBe('IV');
    expect(initials('Jean-Marc')).toBe('JM');
    expect(initials('émile')).toBe('É');
  });
});
