import { beforeAll, describe, expect, it } from 'vitest';
import { catalogues } from '../generated/board.ts';
import { duration, language, languageTags } from '../lib/i18n/index.ts';
import { at, ZONE } from './testing/makers.ts';
import type { Blocked } from './wire.ts';
import { neededWords, obstacleWords, reasonWords, signed } from './words.ts';

const CODES = [
  'skill_missing',
  'not_allowed',
  'excluded',
  'off_shift',
  'unreachable',
  'window_missed',
  'overtime',
  'break_impossible',
  'over_capacity',
  'locked',
  'over_budget',
  'dearer_than_dropping',
];

function blocked(code: string, facts: Blocked['facts'] = {}, need: Blocked['would_need'] = {}): Blocked {
  return { technician_id: 'tom', technician_name: 'Tom', code, facts, would_need: need };
}

beforeAll(() => language.start(catalogues));

describe.each(languageTags)('in %s', (tag) => {
  beforeAll(() => language.change(tag));

  it.each(CODES)('the obstacle %s and what would help are said in words', (code) => {
    for (const words of [obstacleWords(blocked(code), ZONE), neededWords(blocked(code), ZONE)]) {
      expect(words).not.toContain('{');
      expect(words).not.toContain(`(${code})`);
    }
  });

  it('a code nobody has words for still says something', () => {
    expect(obstacleWords(blocked('moon_phase'), ZONE)).toContain('moon_phase');
    expect(reasonWords({ code: 'moon_phase', facts: {} }, ZONE)).toContain('moon_phase');
  });
});

describe('facts in words', () => {
  beforeAll(() => language.change('en'));

  it('write instants in the zone of the region', () => {
    const facts = { arrival: at('13:12'), closes: at('12:00') };
    expect(obstacleWords(blocked('window_missed', facts), ZONE)).toBe(
      'Would arrive 13:12, it closes 12:00',
    );
  });

  it('write what a choice weighs as time on the road', () => {
    const facts = { delta: 5400, drop_cost: 3600 };
    expect(obstacleWords(blocked('dearer_than_dropping', facts), ZONE)).toBe(
      'Weighs 1\u00a0h\u00a030 of driving, more than waiting (1\u00a0h)',
    );
  });

  it('write seconds as durations and skills by their name', () => {
    expect(neededWords(blocked('overtime', {}, { overtime_max: 4200 }), ZONE)).toContain('1\u00a0h\u00a010');
    expect(obstacleWords(blocked('skill_missing', { skill: 'hydraulic', needed: 2, has: 1 }), ZONE)).toBe(
      'Not skilled enough in hydraulic lifts: level 2 needed, has 1',
    );
  });

  it('say who would complete a crew, and by what', () => {
    const need = { technician: 'Bert', rule: 'overtime', overtime_max: 4200 };
    expect(neededWords(blocked('crew_incomplete', {}, need), ZONE)).toBe(
      'Complete with Bert: Would need 1\u00a0h\u00a010 of overtime allowed',
    );
    expect(neededWords(blocked('crew_incomplete', {}, { crew: 1 }), ZONE)).toContain('fewer');
  });

  it('tell a fixed start from a fixed technician', () => {
    const facts = { arrival: at('10:30'), locked_start: at('10:00') };
    expect(obstacleWords(blocked('locked', facts), ZONE)).toContain('fixed at 10:00');
    expect(obstacleWords(blocked('locked'), ZONE)).toContain('Another technician');
  });

  it('say when the obstacle lies with another visit of the round', () => {
    const facts = { arrival: at('13:12'), closes: at('12:00'), job: 'other' };
    expect(obstacleWords(blocked('window_missed', facts), ZONE)).toContain('another visit');
  });

  it('share their words between an unassigned call and a blocked technician', () => {
    const reason = { code: 'off_shift', facts: {} };
    expect(reasonWords(reason, ZONE)).toBe(obstacleWords(blocked('off_shift'), ZONE));
  });
});

describe('amounts', () => {
  it('carry their sign: what a choice costs is weighed as time on the road', () => {
    expect(signed(720, duration)).toBe('+12\u00a0min');
    expect(signed(-1240, duration)).toBe('−20\u00a0min');
    expect(signed(0, String)).toBe('0');
  });
});
