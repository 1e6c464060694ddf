import { beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '../../lib/api/problem.ts';
import { language } from '../../lib/i18n/index.ts';
import en from '../../messages/board/en.json' with { type: 'json' };
import { DAY, plan, planChange, planMeasures } from '../testing/makers.ts';
import { promised, twin } from '../testing/twin.ts';
import type { PlanChange, PlanComparison, PlanFinding, PlanningCheck } from '../wire.ts';
import { DayCheck } from './day_check.svelte.ts';
import { findingWords, mendWords } from './findings.ts';
import { PlanRun } from './plan_run.svelte.ts';
import { obstaclesTogether } from './obstacles.ts';
import { slightApart } from './slight.ts';
import { gapWords, standingWords, termsOf } from './terms.ts';
import { toldOf } from './told.ts';
import { Versions } from './versions.svelte.ts';
import { Why } from './why.svelte.ts';

const ZONE = 'Europe/Andorra';

beforeAll(async () => {
  const load = async () => en;
  await language.start({ en: load, es: load, fr: load, nl: load });
  await language.change('en');
});

function finding(more: Partial<PlanFinding> = {}): PlanFinding {
  return {
    code: 'no_shift',
    weight: 'tells',
    subject: 'technician',
    subject_id: 'ines',
    subject_name: 'Inès Duval',
    sentence: 'The technician has no shift left that day.',
    facts: {},
    affected: 0,
    fix: { page: null, call: 'POST /api/shifts' },
    ...more,
  };
}

function checked(...findings: PlanFinding[]): PlanningCheck {
  return { region_id: 'valls', day: DAY, work: 3, technicians: 2, blocked: 0, affected: 0, findings };
}

describe('the check before planning', () => {
  it('keeps what spoils a plan apart from what is only worth knowing', async () => {
    const blocks = finding({ code: 'skill_nobody_has', weight: 'blocks', subject: 'skill' });
    const check = new DayCheck(twin({ planningCheck: async () => checked(blocks, finding()) }));
    await check.read('valls', DAY);
    expect(check.grave).toEqual([blocks]);
    expect(check.told.map((one) => one.code)).toEqual(['no_shift']);
  });

  it('shows nothing of another day while it reads', async () => {
    const second = promised<PlanningCheck>();
    const answers = [Promise.resolve(checked(finding())), second.answer];
    const check = new DayCheck(twin({ planningCheck: () => answers.shift()! }));
    await check.read('valls', DAY);
    const reading = check.read('valls', '2026-11-24');
    expect(check.found).toBeNull();
    second.give({ ...checked(), day: '2026-11-24' });
    await reading;
    expect(check.found?.day).toBe('2026-11-24');
  });

  it('has words for everything that is looked for', () => {
    const words = Object.keys(en).filter((key) => key.startsWith('board.found.'));
    for (const key of words) {
      const said = findingWords(finding({ code: key.replace('board.found.', '') }), ZONE);
      expect(said).not.toMatch(/[{}]/);
      expect(said).not.toContain('board.');
    }
  });

  it('says who can mend it without the words of a program', () => {
    const codes = Object.keys(en)
      .filter((key) => key.startsWith('board.found.'))
      .map((key) => key.replace('board.found.', ''));
    const said = codes.map((code) => mendWords({ code }));
    // An absence is mended on the board itself, everything else by an administrator.
    for (const one of said) expect(one).toMatch(/^(Your administrator can|Give visits) [a-z, ]+$/);
    expect(mendWords({ code: 'skill_off_duty' })).toBe('Your administrator can put somebody on duty');
    expect(mendWords({ code: 'home_far' })).not.toBe(mendWords({ code: 'place_far' }));
  });

  it('writes hours, lengths and skills as a reader says them', () => {
    const late = finding({
      code: 'longer_than_shifts',
      subject_name: '2026-000004',
      facts: { seconds: 9000, room: 3600 },
    });
    expect(findingWords(late, ZONE)).toBe('2026-000004 takes 2\u00a0h\u00a030; nobody able has more than 1\u00a0h left');
    const skill = finding({ code: 'skill_off_duty', subject: 'skill', subject_name: 'rescue', facts: { level: 2 } });
    expect(findingWords(skill, ZONE)).toBe('Nobody skilled in rescue at level 2 is on duty that day');
    expect(findingWords(finding({ code: 'new' }), ZONE)).toContain('new');
  });
});

describe('the versions of a day', () => {
  const comparison: PlanComparison = { first: planMeasures(), second: planMeasures(), differences: [], only_first: 0, only_second: 0 };
  const all = [plan({ id: 'third' }), plan({ id: 'second' }), plan({ id: 'first' })];

  it('compares two, the older one first, in whatever order they were chosen', async () => {
    const server = twin({ planVersions: async () => all, comparePlans: async () => comparison });
    const versions = new Versions(server);
    await versions.read('valls', DAY);
    await versions.choose('third');
    expect(versions.comparison).toBeNull();
    await versions.choose('first');
    expect(versions.chosen).toEqual(['first', 'third']);
    expect(server.asked.at(-1)?.given).toEqual(['first', 'third']);
    expect(versions.comparison).toBe(comparison);
    await versions.choose('third');
    expect([versions.chosen, versions.comparison]).toEqual([['first'], null]);
  });

  it('says why two could not be compared', async () => {
    const gone = new Problem({ code: 'plan_files_gone' }, 410);
    const versions = new Versions(
      twin({ planVersions: async () => all, comparePlans: () => Promise.reject(gone) }),
    );
    await versions.read('valls', DAY);
    await versions.choose('first');
    await versions.choose('second');
    expect(versions.failure?.code).toBe('plan_files_gone');
  });
});

describe('a plan under review', () => {
  it('lists every line that either bill has', () => {
    const before = planMeasures({ terms: { travel: 600, late: 50 } });
    const after = planMeasures({ terms: { travel: 500, drop: 9 } });
    expect(termsOf(before, after)).toEqual([
      { name: 'travel', before: 600, after: 500 },
      { name: 'drop', before: 0, after: 9 },
      { name: 'late', before: 50, after: 0 },
    ]);
  });

  it('never promises to be nearer to the best than was proven', () => {
    expect(gapWords({ gap: null })).toBeNull();
    expect(gapWords({ gap: 0 })).toContain('proven');
    expect(gapWords({ gap: 0.0301 })).toBe('At most 3.1 % from the best possible plan.');
    expect(gapWords({ gap: 0.00001 })).toBe('At most 0.1 % from the best possible plan.');
  });

  it('says of all jobs how many are served in time, late and not at all', () => {
    const point = { seconds: 3, total: 600, in_time: 28, late: 3, unassigned: 14 };
    expect(standingWords(point)).toBe('28 of 45 jobs on time, 3 late, 14 unassigned');
    expect(standingWords({ seconds: 3, total: 600 })).toBeNull();
  });

  it('tells alike obstacles together, the commonest first and the slightest for all', () => {
    const overtime = (needed: number) => ({ code: 'overtime', facts: { max: 3600, needed } });
    const off = { code: 'off_shift', facts: {} };
    expect(obstaclesTogether([overtime(6780), off, overtime(5520), overtime(6240)], ZONE)).toEqual([
      'Would need 1\u00a0h\u00a032 overtime, at most 1\u00a0h (the nearest of 3 technicians)',
      'Not on shift at that time',
    ]);
    expect(obstaclesTogether([off, off], ZONE)).toEqual(['Not on shift at that time (2 technicians)']);
    expect(obstaclesTogether([off, { code: 'off_shift', facts: { job: 'other' } }], ZONE)).toHaveLength(2);
  });

  describe('slight shifts', () => {
    const shifted = (more: Partial<PlanChange> = {}) =>
      planChange({
        from_technician_id: 'ines',
        to_technician_id: 'ines',
        from_starts_at: '2026-11-23T10:00:00Z',
        to_starts_at: '2026-11-23T10:04:59Z',
        ...more,
      });

    it('are told together', () => {
      const added = planChange({ kind: 'added', from_technician_id: null, from_starts_at: null });
      const sooner = shifted({ to_starts_at: '2026-11-23T09:56:00Z' });
      const sorted = slightApart([shifted(), added, sooner]);
      expect(sorted.worthReading).toEqual([added]);
      expect(sorted.slight).toEqual([shifted(), sooner]);
    });

    it('are not hidden one by one', () => {
      expect(slightApart([shifted()])).toEqual({ worthReading: [shifted()], slight: [] });
    });

    it.each([
      { to_starts_at: '2026-11-23T10:05:00Z' },
      { to_technician_id: 'marc' },
      { lateness_after_seconds: 60 },
      { promise: 'kept' as const },
      { tells_customer: true },
      { is_stale: true },
    ])('are lines of their own where there is more to it: %o', (more) => {
      const telling = shifted(more);
      expect(slightApart([telling, shifted(), shifted()]).worthReading).toEqual([telling]);
    });
  });

  it('names each technician concerned once and counts customers told anew', () => {
    const told = toldOf([
      planChange({ from_technician_name: 'Inès', to_technician_name: 'Marc', tells_customer: true }),
      planChange({ from_technician_name: null, to_technician_name: 'Inès' }),
    ]);
    expect(told).toEqual({ technicians: ['Inès', 'Marc'], customers: 1 });
  });

  it('asks once why something is late', async () => {
    const found = { intervention_id: 'one', late: null, remedies: [] };
    const server = twin({ explainPlanned: async () => found });
    const why = new Why(server);
    await why.ask('plan', 'one');
    await why.ask('plan', 'one');
    expect(why.found).toBe(found);
    expect(server.asked).toHaveLength(1);
  });
});

describe('planning several regions', () => {
  const wish = { region: 'valls', day: DAY, seconds: 10, changeBudget: 3 };

  it('watches the plan of the region on screen', async () => {
    const other = plan({ id: 'other', region_id: 'mountain', queue_position: 1 });
    const server = twin({ startPlans: async () => ({ plans: [plan(), other], busy: [] }) });
    const run = new PlanRun(server, () => undefined);
    await run.startSeveral(['valls', 'mountain'], wish);
    expect(run.plan?.region_id).toBe('valls');
    run.stop();
  });

  it('takes up a plan that was being made already', async () => {
    const busy = [{ region_id: 'valls', plan_id: 'earlier' }];
    const server = twin({
      startPlans: async () => ({ plans: [], busy }),
      plan: async (id) => plan({ id }),
    });
    const run = new PlanRun(server, () => undefined);
    await run.startSeveral(['valls'], wish);
    expect(run.plan?.id).toBe('earlier');
    run.stop();
  });
});
