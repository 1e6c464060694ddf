import { beforeAll, describe, expect, test } from 'vitest';
import { catalogues as board } from '../../generated/board.ts';
import { catalogues as technician } from '../../generated/technician.ts';
import { language, languageTags } from './language.svelte.ts';
import { reasonWords } from './reasons.ts';

const ZONE = 'Europe/Andorra';
const reasons = [
  { code: 'keeps_promise', facts: { spare_seconds: 3000 } },
  { code: 'soonest', facts: { starts_at: '2026-11-23T09:40:00Z' } },
  { code: 'nearest', facts: { travel_seconds: 720 } },
  { code: 'has_skill', facts: { skill: 'traction', level: 3 } },
  { code: 'least_cost', facts: { delta: 1200 } },
  ...['by_hand', 'chosen', 'displaces_nothing', 'only_one', 'planned', 'preferred'].map((code) => ({ code, facts: {} })),
];

describe.each(languageTags)('in %s', (tag) => {
  test('the board and the phone say every reason in the same words', async () => {
    await language.start(board);
    await language.change(tag);
    const onTheBoard = reasons.map((reason) => reasonWords(reason, ZONE));
    await language.start(technician);
    await language.change(tag);
    expect(reasons.map((reason) => reasonWords(reason, ZONE))).toEqual(onTheBoard);
    for (const words of onTheBoard) expect(words).not.toMatch(/[{}–]|\(\w+\)/);
  });
});

describe('a reason', () => {
  beforeAll(async () => {
    await language.start(technician);
    await language.change('en');
  });

  test.each([
    [{ code: 'nearest', facts: { travel_seconds: 720 } }, 'Nearest, 12\u00a0min on the road'],
    [{ code: 'soonest', facts: { starts_at: '2026-11-23T09:40:00Z' } }, 'First to arrive, 10:40'],
    [{ code: 'has_skill', facts: { skill: 'traction', level: 3 } }, 'Skilled in traction lifts, level 3'],
    [{ code: 'has_skill', facts: { skill: 'crane', level: 1 } }, 'Skilled in crane, level 1'],
    [{ code: 'moon_phase', facts: {} }, 'Another reason (moon_phase)'],
  ])('is told with its figures: %o', (reason, words) => {
    expect(reasonWords(reason, ZONE)).toBe(words);
  });
});
