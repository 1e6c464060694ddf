// What was felt: the order of improvements, their effect in words, what a refusal reads anew.
import { beforeAll, expect, test } from 'vitest';
import { catalogues } from '../../generated/admin.ts';
import { Problem } from '../../lib/api/problem.ts';
import { language } from '../../lib/i18n/index.ts';
import { Experience } from './experience.svelte.ts';
import type { ExperienceGateway, Improvement, Voice } from './gateway.ts';
import { effectVerdict, effectWords, placeVerdict, titleOf } from './told.ts';

beforeAll(() => language.start(catalogues));

const row = (more: Partial<Improvement>): Improvement =>
  ({
    id: 'one',
    title: 'Sweep',
    origin: 'voices',
    facts: {},
    state: 'open',
    due_on: '2026-12-01',
    priority: 2,
    effect: null,
    measure: 'csat_top2',
    clock: null,
    ...more,
  }) as Improvement;

const share = (numerator: number, denominator: number, percent: string | null) => ({ numerator, denominator, percent });

test('open improvements come first, by priority and then by day', async () => {
  const rows = [
    row({ id: 'done', state: 'done', due_on: '2026-01-01' }),
    row({ id: 'can wait', due_on: '2026-12-01', priority: 3 }),
    row({ id: 'later', due_on: '2026-12-24' }),
    row({ id: 'first of all', due_on: '2027-01-31', priority: 1 }),
    row({ id: 'next', due_on: '2026-12-02' }),
  ];
  const gateway = { improvements: async () => rows } as unknown as ExperienceGateway;
  const view = new Experience(gateway, '2026-09-01', '2026-11-22');
  await view.improvements.refresh();
  expect(view.listed.map(({ id }) => id)).toEqual(['first of all', 'next', 'later', 'can wait', 'done']);
});

test('an effect is told with of how many, and too few tell nothing', () => {
  const known = { gain_points: '40', definition_version: 1, measured_at: '2026-12-01T00:00:00Z' };
  const few = row({ effect: { ...known, before: share(0, 0, null), after: share(4, 4, '100'), is_reached: null } });
  const good = row({ effect: { ...known, before: share(2, 5, '40'), after: share(4, 5, '80'), is_reached: true } });
  expect(effectWords(good)).toBe('Before 40% (n = 5), after 80% (n = 5)');
  expect(effectVerdict(good)?.tone).toBe('ok');
  expect(effectVerdict(few)?.tone).toBe('paused');
  expect(effectWords(row({}))).toBeUndefined();
});

test('what a rule opened is told from what the rule saw', () => {
  expect(titleOf(row({ title: '', origin: 'breaches', facts: { count: 3 } }))).toContain('3 promises missed');
  expect(titleOf(row({ title: '', origin: 'ratchet', facts: { clock: 'response', attainment: '99' } }))).toContain('99%');
});

test('a place with too few answers is neither red nor green', () => {
  const place = { id: 'a', name: 'A', attainment: '97', promises: 9, csat: null, answers: 4, is_watermelon: null };
  expect(placeVerdict(place).tone).toBe('paused');
  expect(placeVerdict({ ...place, is_watermelon: true }).tone).toBe('late');
});

test('a voice somebody else settled meanwhile is read anew', async () => {
  let reads = 0;
  const gateway = {
    voices: async () => (reads++, []),
    improvements: async () => [],
    watermelons: async () => ({ jobs: [], sites: [], customers: [] }),
    drivers: async () => ({ drivers: [] }),
    close: async () => {
      throw new Problem({ code: 'irritation_settled' }, 409);
    },
  } as unknown as ExperienceGateway;
  const view = new Experience(gateway, '2026-09-01', '2026-11-22');
  expect(await view.close({ id: 'one', version: 1 } as Voice, 'Talked.')).toBe(false);
  expect([reads, view.deed.problem?.code]).toEqual([1, 'irritation_settled']);
});
