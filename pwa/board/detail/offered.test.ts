import { beforeAll, expect, test } from 'vitest';
import { catalogues } from '../../generated/board.ts';
import { language } from '../../lib/i18n/index.ts';
import { at, intervention, visit } from '../testing/makers.ts';
import { asks, hintFor, wasVisited } from './offered.ts';

beforeAll(() => language.start(catalogues));

test('closing is asked about where nobody was there, and only there', () => {
  expect(asks('close', false)).toBe('free_text');
  expect(asks('close', true)).toBe('nothing');
  expect(asks('qualify', false)).toBe('nothing');
});

test('somebody was there once a visit arrived, whatever became of it', () => {
  const sent = visit('one', { arrived_at: null });
  expect(wasVisited(intervention('a'))).toBe(false);
  expect(wasVisited(intervention('a', { visits: [sent] }))).toBe(false);
  expect(wasVisited(intervention('a', { visits: [sent, visit('two', { arrived_at: at('09:10') })] }))).toBe(true);
});

test('whoever is asked why is told who reads it', () => {
  expect(hintFor('rule_out_of_scope')).toBe('The customer reads this.');
  expect(hintFor('refuse')).toBe('The reporter reads this.');
  expect(hintFor('cancel')).toBeUndefined();
});
