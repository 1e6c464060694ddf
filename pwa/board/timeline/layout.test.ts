import { describe, expect, it } from 'vitest';
import { technician } from '../testing/makers.ts';
import { RowLayout, scrolledTo } from './layout.ts';

const people = (count: number, name = 't') =>
  Array.from({ length: count }, (_, index) => technician(`${name}${index}`));
const flat = new RowLayout([{ key: '', name: '', technicians: people(400) }], 'comfortable', new Set());
const groups = [
  { key: 'a', name: 'A', technicians: people(3, 'a') },
  { key: 'b', name: 'B', technicians: people(2, 'b') },
];

describe('rows', () => {
  it('are drawn only where they are seen, and a few beyond', () => {
    expect(flat.inView({ top: 3600, height: 359 })).toEqual({ first: 97, last: 113 });
  });

  it('never go past the ends', () => {
    const few = new RowLayout([{ key: '', name: '', technicians: people(14) }], 'compact', new Set());
    expect(few.inView({ top: 0, height: 9000 })).toEqual({ first: 0, last: 14 });
    expect(new RowLayout([], 'compact', new Set()).inView({ top: 0, height: 100 }).last).toBe(0);
  });

  it('are found by their height', () => {
    expect(flat.lineAt(3600 + 35)?.key).toBe('t100');
    expect(flat.lineAt(-5)?.key).toBe('t0');
  });
});

describe('groups', () => {
  it('have a head each, and hide their technicians when folded away', () => {
    const layout = new RowLayout(groups, 'compact', new Set(['a']));
    expect(layout.lines.map((line) => line.key)).toEqual(['group a', 'group b', 'b0', 'b1']);
    expect(layout.lineOf('b1')?.top).toBe(28 * 3);
    expect(layout.height).toBe(28 * 4);
  });
});

it('scrolls only as far as needed', () => {
  const view = { top: 100, height: 200 };
  expect(scrolledTo({ top: 144, height: 36 }, view)).toBe(100);
  expect(scrolledTo({ top: 0, height: 36 }, view)).toBe(0);
  expect(scrolledTo({ top: 360, height: 36 }, view)).toBe(196);
});
