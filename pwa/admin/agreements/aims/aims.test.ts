// Aims: each is told with its state and what it rests on, never with a state that nobody knows.
import { beforeAll, expect, test } from 'vitest';
import { catalogues } from '../../../generated/admin.ts';
import { Deed } from '../../../lib/api/deed.svelte.ts';
import { language } from '../../../lib/i18n/index.ts';
import { type Aim, Aims, type AimsGateway, type Found } from './aims.svelte.ts';
import { toldBy, verdictOf } from './told.ts';

beforeAll(() => language.start(catalogues));

const aim = (more: Partial<Aim>): Aim =>
  ({
    id: 'a',
    kind: 'focus',
    text: 'Happy',
    measure: 'csat_top2',
    clock: null,
    at_least: '80',
    in_words: '',
    value: '75',
    rests_on: 4,
    fewest: 5,
    state: 'unknown',
    version: 1,
    ...more,
  }) as Aim;

test('too few answers are told with how many there were', () => {
  expect(verdictOf(aim({}))).toEqual({ tone: 'paused', shape: 'ring', words: 'Unknown, rests on 4' });
  expect(toldBy(aim({}))).toContain('75');
  expect(verdictOf(aim({ state: 'not_met' })).shape).toBe('cross');
});

test('what is told in words waits for somebody to answer', () => {
  const words = aim({ measure: null, at_least: null, value: null, rests_on: null, in_words: 'Nobody waits at eight' });
  expect(toldBy(words)).toBe('Nobody waits at eight');
  expect(verdictOf(words).words).toBe('Nobody has answered yet');
  expect(verdictOf({ ...words, state: 'met' }).shape).toBe('check');
});

test('the outcome stands before focus areas and key results', async () => {
  const found = { outcome: aim({ id: 'o' }), focus: [aim({ id: 'f' })], key_results: [aim({ id: 'k' })] } as Found;
  const aims = new Aims({ aims: async () => found, setAim: async () => ({ ...found, focus: [] }) } as unknown as AimsGateway, 'a1');
  await aims.loaded.refresh();
  expect(aims.all.map(({ id }) => id)).toEqual(['o', 'f', 'k']);
  await aims.set(new Deed(), { kind: 'focus', text: 'x', in_words: 'y', measure: null, clock: null, at_least: null });
  expect(aims.all.map(({ id }) => id)).toEqual(['o', 'k']);
});
