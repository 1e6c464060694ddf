import { expect, it } from 'vitest';
import { Problem } from '../lib/api/problem.ts';
import { faultAt, placeOf, requireSaid } from './faults.ts';

const problem = (...paths: string[]): Problem =>
  new Problem({ errors: paths.map((path) => ({ path, code: 'missing', detail: '' })) }, 422);

it('knows a field whatever body it was sent in', () => {
  const place = (path: string) => placeOf({ path, code: '', detail: '' });
  expect(place('first_version.terms.clauses.0.promise')).toBe('terms.clauses.0.promise');
  expect(place('rules[1].tiers[0].below')).toBe('rules.1.tiers.0.below');
});

it('shows a fault at its own field and, when asked to, above what it is in', () => {
  expect(faultAt(problem('clauses.1'), 'clauses.1')).toBeDefined();
  expect(faultAt(problem('clauses.10'), 'clauses.1', { deep: true })).toBeUndefined();
  expect(faultAt(problem('clauses.1.promise'), 'clauses.1')).toBeUndefined();
  expect(faultAt(problem('clauses.1.promise'), 'clauses.1', { deep: true })).toBeDefined();
  expect(faultAt(undefined, 'clauses.1')).toBeUndefined();
});

it('refuses what has to be said and was left empty, all at once', () => {
  expect(() => requireSaid({ name: 'Lift', code: '  ', zone: '' })).toThrow(
    expect.objectContaining({ errors: [{ path: 'code', code: 'missing', detail: '' }, { path: 'zone', code: 'missing', detail: '' }] }),
  );
  expect(() => requireSaid({ name: 'Lift' })).not.toThrow();
});
