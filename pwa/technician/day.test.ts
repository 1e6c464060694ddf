import { expect, test } from 'vitest';
import type { VisitDetail } from '../lib/offline/commands.ts';
import { type Projected, project } from '../lib/offline/project.ts';
import { visit } from '../lib/offline/testing/makers.ts';
import { dayOf } from './day.ts';

type Visit = VisitDetail['visit'];

function at(hour: string, changes: Partial<Visit> = {}, detail: Partial<VisitDetail> = {}): Projected {
  return project(visit({ id: hour, starts_at: `2026-11-23T${hour}:00Z`, ...changes }, detail), []);
}

const ids = (visits: readonly Projected[]): string[] => visits.map(({ id }) => id);

test('the earliest open visit is the current one and the others follow', () => {
  const day = dayOf([at('11:00'), at('09:00'), at('10:00')]);
  expect([day.current?.id, ids(day.next)]).toEqual(['09:00', ['10:00', '11:00']]);
});

test('a visit begun stays current though an earlier one is open', () => {
  expect(dayOf([at('09:00'), at('10:00', { status: 'en_route' })]).current?.id).toBe('10:00');
});

test('a trapped person comes before everything not yet begun', () => {
  const day = dayOf([at('09:00'), at('10:00'), at('12:00', {}, { severity: 'S1' })]);
  expect([day.current?.id, ids(day.next)]).toEqual(['12:00', ['09:00', '10:00']]);
});

test('tomorrow’s entrapment does not push today’s work aside', () => {
  const tomorrow = at('06:00', { starts_at: '2026-11-24T06:00:00Z' }, { severity: 'S1' });
  expect(dayOf([tomorrow, at('09:00')]).current?.id).toBe('09:00');
});

test('what is over is out of the way, the latest first', () => {
  const day = dayOf([
    at('08:00', { status: 'completed', finished_at: '2026-11-23T08:40:00Z' }),
    at('07:00', { status: 'cannot_complete', finished_at: '2026-11-23T09:10:00Z' }),
  ]);
  expect([day.current, ids(day.over)]).toEqual([undefined, ['07:00', '08:00']]);
});

test('a cancelled visit with a refused step is on top, not among what is over', () => {
  const refused = { ...at('09:00', { status: 'cancelled' }), parked: [{} as Projected['parked'][number]] };
  const day = dayOf([refused, at('10:00')]);
  expect([ids(day.needing), day.current?.id, ids(day.over)]).toEqual([['09:00'], '10:00', []]);
});
