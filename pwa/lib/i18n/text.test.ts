import { expect, test } from 'vitest';
import { fill } from './text.ts';

const changes = '{count, plural, one {# change} other {# changes}} waiting';

test.each([
  ['en', 1, '1 change waiting'],
  ['en', 0, '0 changes waiting'],
  ['fr', 0, '0 change waiting'],
  ['nl', 1234, '1.234 changes waiting'],
])('in %s the plural of %i follows the language', (language, count, expected) => {
  expect(fill(changes, { count }, language)).toBe(expected);
});

test('facts take their places', () => {
  expect(fill('{who} at {time}', { who: 'Inès', time: '14:05' }, 'en')).toBe('Inès at 14:05');
});

test('a fact that is missing stays visible', () => {
  expect(fill('{who} is here', {}, 'en')).toBe('{who} is here');
});

test('a language without the form falls back to the general one', () => {
  expect(fill('{n, plural, other {# días}}', { n: 1 }, 'es')).toBe('1 días');
});

test.each([
  [0, 'nothing waiting'],
  [1, '1 change waiting'],
  [2, '2 changes waiting'],
])('a number with a form of its own is said in it: %i', (count, expected) => {
  const text = '{count, plural, =0 {nothing} one {# change} other {# changes}} waiting';
  expect(fill(text, { count }, 'en')).toBe(expected);
});
