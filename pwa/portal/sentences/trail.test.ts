import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { catalogues } from '../../generated/portal.ts';
import { language, languageTags } from '../../lib/i18n/index.ts';
import { aTrail, anIntervention, aPromise, here, today } from '../testing/makers.ts';
import { promise } from './promise.ts';
import { rulerRows, trailSentences, withoutPromise } from './trail.ts';

beforeAll(() => language.start(catalogues));
beforeEach(() => language.change('en'));

const told = (given: Parameters<typeof aTrail>[0] = {}): string => trailSentences(aTrail(given), here()).join(' ');

describe('how a time comes about', () => {
  it('begins with what was promised', () => {
    expect(told()).toBe('Arrival on site: promised within 4\u00a0h of service time.');
  });

  it('says that it was kept, or by how much it was not', () => {
    expect(told({ state: 'kept', stopped_at: today('11:10') })).toContain('Kept: it was at 11:10.');
    expect(told({ state: 'missed', stopped_at: today('15:10') })).toContain('Not kept: it was at 15:10, and due at 13:40.');
    expect(told({ state: 'missed' })).toContain('Not kept: it was due at 13:40.');
  });

  it('says why the clock stands still', () => {
    const paused = { kind: 'paused', from_at: today('10:10'), to_at: today('11:10'), seconds: 3600, note: 'no_access' } as const;
    expect(told({ state: 'paused', due_at: null, spans: [paused] })).toContain('The clock stands still: no access.');
    expect(told({ state: 'paused', due_at: null, spans: [] })).toContain('stands still until work can go on');
  });

  it('says that the severity was changed, and what that did', () => {
    expect(told({ severity: 'S1', due_at: today('11:00'), original_due_at: today('13:40') })).toContain(
      'The severity was changed to “Person trapped”: due at 11:00 instead of at 13:40.',
    );
  });

  it('says what is not part of the agreement, with its reason', () => {
    const trails = { now: today('12:00'), is_out_of_scope: true, out_of_scope_reason: 'Damage by vandalism', trails: [] };
    expect(withoutPromise(trails)).toBe(
      'This is not part of your agreement, so no time is promised: Damage by vandalism',
    );
    expect(withoutPromise({ ...trails, is_out_of_scope: false })).toBe('No time is promised for this.');
    expect(withoutPromise({ ...trails, is_out_of_scope: false, trails: [aTrail()] })).toBeUndefined();
  });

  it.each(languageTags)('is told in %s without a gap', async (tag) => {
    await language.change(tag);
    const all = (['on_time', 'at_risk', 'paused', 'missed', 'kept', 'none'] as const).flatMap((state) =>
      trailSentences(aTrail({ state, stopped_at: today('15:00'), original_due_at: today('12:00') }), here()),
    );
    expect(all.join(' ')).not.toMatch(/\{|portal\.|clock\.|promised\./);
  });

  it('gives every clock a row of its own', () => {
    const rows = rulerRows([aTrail(), aTrail({ kind: 'resolution' })]);
    expect(rows.map(({ label }) => label)).toEqual(['Arrival on site', 'Back in service']);
  });
});

it('a promise whose clock stands still is not called late', () => {
  const paused = anIntervention({ promise: aPromise({ state: 'paused', due_at: null }) });
  expect(promise(paused, here())).toBe('The clock of our promise stands still until work can go on.');
});
