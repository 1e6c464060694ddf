import { describe, expect, it } from 'vitest';
import { at, boardVisit, clock, intervention, technician, visit } from '../testing/makers.ts';
import { callPasses, dims, entryPasses, rowPasses } from './filtering.ts';
import { grouped } from './grouping.ts';
import { type Look, readLook, toggled, USUAL, writeLook } from './look.ts';

const NOW = Date.parse(at('10:00'));
const looking = (more: Partial<Look>): Look => ({ ...USUAL, ...more });

describe('a look', () => {
  it('stands in the address and is read back the same', () => {
    const look = looking({
      days: 7,
      density: 'compact',
      grouping: 'skill',
      closed: ['traction', 'doors'],
      filters: { skill: ['traction'], severity: ['S1', 'S2'] },
      query: 'valira',
      width: 20,
    });
    const parts = new URLSearchParams();
    writeLook(look, parts);
    expect(readLook(new URLSearchParams(parts.toString()))).toEqual(look);
  });

  it('says nothing where all is as usual, and takes nonsense for that', () => {
    const parts = new URLSearchParams();
    writeLook(USUAL, parts);
    expect(parts.toString()).toBe('');
    expect(readLook(new URLSearchParams('days=12&group=mood&width=1'))).toEqual(USUAL);
  });

  it('takes a filter away that is chosen again', () => {
    const one = toggled({}, 'severity', 'S1');
    expect(toggled(one, 'severity', 'S1')).toEqual({});
    expect(toggled(one, 'severity', 'S2')).toEqual({ severity: ['S1', 'S2'] });
  });
});

describe('filters', () => {
  const late = boardVisit('late', { severity: 'S1', clock: clock({ due_at: at('09:00') }) });
  const easy = boardVisit('easy', { severity: 'S4', site_name: 'Camí Ral' });
  const row = technician('Inès', [late, easy]);

  it('keep a technician who fits, and of the work what fits', () => {
    expect(rowPasses(row, looking({ filters: { skill: ['traction'] } }), NOW)).toBe(true);
    expect(rowPasses(row, looking({ filters: { skill: ['doors'] } }), NOW)).toBe(false);
    expect(rowPasses(row, looking({ filters: { severity: ['S1'] } }), NOW)).toBe(true);
    expect(rowPasses(row, looking({ filters: { severity: ['S2'] } }), NOW)).toBe(false);
  });

  it('dim what does not answer in a row that stays', () => {
    const look = looking({ filters: { state: ['late'] } });
    expect(dims(row, look)).toBe(true);
    expect(entryPasses(late, look, NOW)).toBe(true);
    expect(entryPasses(easy, look, NOW)).toBe(false);
  });

  it('let every visit of somebody stand who is searched by name', () => {
    expect(rowPasses(row, looking({ query: 'ines' }), NOW)).toBe(true);
    expect(dims(row, looking({ query: 'ines' }))).toBe(false);
    expect(rowPasses(row, looking({ query: 'cami' }), NOW)).toBe(true);
    expect(dims(row, looking({ query: 'cami' }))).toBe(true);
    expect(rowPasses(row, looking({ query: 'tom' }), NOW)).toBe(false);
  });

  it('know what is done from what is under way', () => {
    const done = boardVisit('done', { visit: visit('done', { status: 'completed' }) });
    expect(entryPasses(done, looking({ filters: { state: ['done'] } }), NOW)).toBe(true);
    expect(entryPasses(late, looking({ filters: { state: ['planned'] } }), NOW)).toBe(true);
  });

  it('hold for the queue too', () => {
    const call = intervention('one', { skills: { traction: 1 } });
    expect(callPasses(call, looking({ filters: { skill: ['traction'] } }), NOW)).toBe(true);
    expect(callPasses(call, looking({ filters: { customer: ['other'] } }), NOW)).toBe(false);
    expect(callPasses(call, looking({ filters: { state: ['unassigned'] } }), NOW)).toBe(true);
  });
});

describe('groups', () => {
  const ines = technician('ines');
  const lent = { ...technician('tom'), region_id: 'altes', region_name: 'Altes', skills: { doors: 3, traction: 3 } };
  const keys = (grouping: Look['grouping']) =>
    grouped([ines, lent], grouping, (code) => code).map(({ key, technicians }) => [key, technicians.length]);

  it('are none, one a region, or one a best skill', () => {
    expect(keys('none')).toEqual([['', 2]]);
    expect(keys('region')).toEqual([['valls', 1], ['altes', 1]]);
    expect(keys('skill')).toEqual([['doors', 1], ['traction', 1]]);
  });
});
