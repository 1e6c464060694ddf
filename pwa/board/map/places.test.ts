import { describe, expect, it } from 'vitest';
import { initials, placesOf } from './places.ts';
import { board, boardVisit, intervention, technician, visit } from '../testing/makers.ts';
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

describe('initials', () => {
  it('are of the first and the last name', () => {
    expect(initials('Inès de la Vall')).toBe('IV');
    expect(initials('Jean-Marc')).toBe('JM');
    expect(initials('émile')).toBe('É');
  });
});
