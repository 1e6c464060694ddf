import { describe, expect, it } from 'vitest';
import { withSame } from './sameness.ts';

const day = { visits: [{ id: 'a', at: 1, tags: ['x'] }, { id: 'b', at: 2, tags: [] }], left: [], syncedAt: '10:00' };

describe('what is read anew', () => {
  it('is the very value known before where nothing changed', () => {
    expect(withSame(day, structuredClone(day))).toBe(day);
  });

  it('is new only where something changed', () => {
    const after = withSame(day, { ...structuredClone(day), syncedAt: '10:01' });
    expect(after).toEqual({ ...day, syncedAt: '10:01' });
    expect(after.visits).toBe(day.visits);
  });

  it('keeps a member of a list wherever it stands now', () => {
    const { visits } = structuredClone(day);
    const after = withSame(day.visits, [{ ...visits[1]!, at: 3 }, visits[0]!]);
    expect(after).toEqual([{ id: 'b', at: 3, tags: [] }, day.visits[0]]);
    expect(after[1]).toBe(day.visits[0]);
    expect(after[0]!.tags).toBe(day.visits[1]!.tags);
  });

  it.each<[unknown, unknown]>([
    [{ at: undefined }, {}],
    [{}, { at: undefined }],
    [[1, 2], [1]],
    [[1], [1, 2]],
    [[], {}],
    [{}, []],
    [null, {}],
    [{ a: 1 }, null],
    [{ a: { b: 1 } }, { a: { b: 2 } }],
    [['a', 'b'], ['b', 'a']],
  ])('never takes %j for %j', (before, after) => {
    expect(withSame(before, after)).toStrictEqual(after);
  });
});
