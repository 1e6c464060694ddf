import { expect, test } from 'vitest';
import { project } from '../lib/offline/project.ts';
import { clock, visit } from '../lib/offline/testing/makers.ts';
import { asksRunning, mayDeclineAtOnce, mayReportRelease, rareChoices } from './choices.ts';

const everything = [
  'arrive', 'start_travel', 'pause', 'complete', 'complete_partially', 'cannot_complete', 'decline',
  'person_released', 'made_safe', 'back_in_service', 'note',
] as const;
const released = { kind: 'person_released', at: '2026-11-23T10:00:00Z', device_at: null } as const;
const running = { kind: 'back_in_service', at: '2026-11-23T10:00:00Z', device_at: null } as const;

test('the next step is not offered a second time behind the dots', () => {
  const seen = project(visit({ status: 'in_progress', allowed: [...everything] }), []);
  expect(rareChoices(seen)).not.toContain('complete');
  expect(rareChoices(seen).at(-1)).toBe('cannot_complete');
});

test('somebody who is there already may say so without having travelled', () => {
  expect(rareChoices(project(visit({ status: 'accepted', allowed: [...everything] }), []))[0]).toBe('arrive');
});

test('who is asked to go can say no without looking for it', () => {
  const asked = project(visit({ status: 'dispatched', allowed: [...everything] }), []);
  const agreed = project(visit({ status: 'accepted', allowed: [...everything] }), []);
  expect([asked, agreed].map(mayDeclineAtOnce)).toEqual([true, false]);
  expect([asked, agreed].map((seen) => rareChoices(seen).includes('decline'))).toEqual([false, true]);
});

test('a released person is reported on an entrapment, once', () => {
  const given = { status: 'arrived', allowed: [...everything] } as const;
  const trapped = project(visit({ ...given, allowed: [...everything] }, { severity: 'S1' }), []);
  const free = project(visit({ ...given, allowed: [...everything] }, { severity: 'S1', facts: [released] }), []);
  const ordinary = project(visit({ ...given, allowed: [...everything] }), []);
  expect([trapped, free, ordinary].map(mayReportRelease)).toEqual([true, false, false]);
});

test('whether it runs is asked of what was out, until it is known', () => {
  expect(asksRunning(visit())).toBe(true);
  expect(asksRunning(visit({}, { facts: [running] }))).toBe(false);
  expect(asksRunning(visit({}, { work_type: 'maintenance' }))).toBe(false);
  expect(asksRunning(visit({}, { severity: 'S4' }))).toBe(false);
  expect(asksRunning(visit({}, { severity: 'S4', clocks: [clock({ kind: 'resolution' })] }))).toBe(true);
});
