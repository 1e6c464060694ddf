import { expect, test } from 'vitest';
import { at, intervention, visit } from '../testing/makers.ts';
import { asks, wasVisited } from './offered.ts';

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
