import { expect, it } from 'vitest';
import { Problem } from '../../lib/api/problem.ts';
import { bodyOf, formOf } from './form.ts';

it('asks for a name, an address, something to tell and a place', () => {
  let problem: Problem | undefined;
  const paths = (form: Partial<ReturnType<typeof formOf>>): string[] => {
    try {
      bodyOf({ ...formOf(undefined), ...form });
    } catch (error) {
      problem = Problem.from(error);
      return problem.errors.map(({ path }) => path);
    }
    return [];
  };
  expect(paths({})).toEqual(['name', 'url']);
  expect(paths({ name: 'ERP', url: 'https://erp.example', regions: [] })).toEqual(['kinds', 'region_ids']);
});

it.each([
  ['https://erp.example', 'https://erp.example/'],
  [' https://erp.example/hook?a=b ', 'https://erp.example/hook?a=b'],
])('sends %s as %s', (url, sent) => {
  expect(bodyOf({ ...formOf(undefined), name: 'ERP', url, kinds: ['made_safe'] }).url).toBe(sent);
});
