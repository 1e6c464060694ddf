import { describe, expect, it } from 'vitest';
import { neighbour } from './walk.ts';
import { at, boardVisit, technician, visit } from '../testing/makers.ts';

const bar = (id: string, starts: string, ends: string) =>
  boardVisit(id, { visit: visit(id, { starts_at: at(starts), ends_at: at(ends) }) });

const day = [
  technician('ines', [bar('b', '11:00', '11:30'), bar('a', '09:00', '09:30')]),
  technician('idle'),
  technician('tom', [bar('c', '08:00', '08:30'), bar('d', '10:45', '11:30')]),
];

const step = (from: string, way: Parameters<typeof neighbour>[2]) =>
  neighbour(day, from, way)?.visit.id ?? null;

describe('walking the timeline', () => {
  it('goes by time within a row, whatever the order on the wire', () => {
    expect(step('a', 'right')).toBe('b');
    expect(step('b', 'left')).toBe('a');
    expect(step('b', 'first')).toBe('a');
    expect(step('a', 'last')).toBe('b');
  });

  it('goes to the bar nearest in time in the next row that has any', () => {
    expect(step('b', 'down')).toBe('d');
    expect(step('c', 'up')).toBe('a');
  });

  it('stops at the edges', () => {
    expect(step('a', 'left')).toBeNull();
    expect(step('a', 'up')).toBeNull();
    expect(step('d', 'down')).toBeNull();
  });
});
