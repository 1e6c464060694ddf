import { describe, expect, test } from 'vitest';
import type { VisitPending } from './commands.ts';
import { expectedVersion, project } from './project.ts';
import { clock, item, reading, unsent, visit } from './testing/makers.ts';

test('a visit without unsent commands is as the server said', () => {
  const detail = visit();
  expect(project(detail, []).detail).toBe(detail);
});

test('the server may allow less than the table', () => {
  const detail = visit({ status: 'accepted', allowed: ['start_travel', 'cancel'] });
  expect(project(detail, []).allowed).toEqual(['start_travel']);
});

test('unsent steps show as done, in order', () => {
  const steps = [unsent('accept'), unsent('start_travel'), unsent('arrive')];
  const seen = project(visit(), steps);
  expect(seen.status).toBe('arrived');
  expect(seen.detail.visit.arrived_at).toBe('2026-11-23T10:00:00.000Z');
  expect(seen.allowed).toContain('start_work');
  expect(seen.waiting).toHaveLength(3);
});

test('the commands of other visits change nothing', () => {
  expect(project(visit(), [unsent('accept', { target: { kind: 'visit', id: 'visit-2' } })]).status).toBe('dispatched');
});

test('the time shown is the server’s even when the phone’s clock is wrong', () => {
  const seen = project(visit(), [unsent('accept', { clockOffsetSeconds: -10_800 })]);
  expect(seen.detail.visit.accepted_at).toBe('2026-11-23T07:00:00.000Z');
});

describe('a refused step', () => {
  const refusal = { outcome: 'conflict', code: 'move_not_allowed', facts: {} } as const;
  const parked = unsent('arrive', { state: 'parked', refusal });

  test('is not shown as done, nor are the steps behind it', () => {
    const seen = project(visit({ status: 'cancelled' }), [parked, unsent('start_work')]);
    expect(seen.status).toBe('cancelled');
    expect(seen.parked).toEqual([parked]);
  });

  test('does not hold back a released person', () => {
    const seen = project(visit({ status: 'arrived' }), [parked, unsent('person_released')]);
    expect(seen.detail.facts.map(({ kind }) => kind)).toEqual(['person_released']);
  });
});

describe('the promise', () => {
  test('stops as kept when the technician arrives in time', () => {
    const detail = visit({ status: 'en_route' }, { clocks: [clock()] });
    const [response] = project(detail, [unsent('arrive')]).detail.clocks;
    expect(response).toMatchObject({ state: 'met', stopped_at: '2026-11-23T10:00:00.000Z' });
  });

  test('stops as missed when the technician arrives too late', () => {
    const detail = visit({ status: 'en_route' }, { clocks: [clock({ due_at: '2026-11-23T09:59:59Z' })] });
    expect(project(detail, [unsent('arrive')]).detail.clocks[0]?.state).toBe('breached');
  });

  test('to release a person is not stopped by arriving', () => {
    const detail = visit({ status: 'en_route' }, { clocks: [clock({ kind: 'safe' })] });
    expect(project(detail, [unsent('arrive')]).detail.clocks[0]?.stopped_at).toBeNull();
  });
});

test('a recorded time is not overwritten by saying it again', () => {
  const facts = [{ kind: 'back_in_service', at: '2026-11-23T09:00:00Z', device_at: null } as const];
  const detail = visit({ status: 'in_progress' }, { facts: [...facts] });
  expect(project(detail, [unsent('back_in_service')]).detail.facts).toEqual(facts);
});

test('completing carries cause and action to the screen', () => {
  const done = unsent('complete', { payload: { cause: 'door', action: 'Rail cleaned' } });
  const { visit: seen } = project(visit({ status: 'in_progress' }), [done]).detail;
  expect(seen).toMatchObject({ status: 'completed', cause: 'door', action: 'Rail cleaned' });
});

test('each unsent command expects the version that the one before leads to', () => {
  const first = unsent('accept', { baseVersion: expectedVersion(5, []) });
  const second = unsent('start_travel', { baseVersion: expectedVersion(5, [first]) });
  expect([first.baseVersion, second.baseVersion]).toEqual([5, 6]);
});

describe('answers to the checklist', () => {
  const started = visit({ status: 'in_progress' }, { checklist: [item(), reading()] });
  const note = (answer: { item: string; value: string; reason?: string }): VisitPending =>
    unsent('note', { payload: { answers: [answer] } });

  test('show at once, with what was said about them, and the newest counts', () => {
    const seen = project(started, [
      note({ item: 'gap', value: '12' }),
      note({ item: 'gap', value: '31', reason: 'Worn sill' }),
    ]);
    expect(seen.detail.checklist[1]).toMatchObject({ value: '31', reason: 'Worn sill', author: 'Inès Roca' });
    expect(seen.detail.checklist[0]?.value).toBeNull();
  });

  test('come along with any step', () => {
    const done = unsent('complete', {
      payload: { cause: 'door', action: 'Rail cleaned', answers: [{ item: 'doors', value: 'done' }] },
    });
    expect(project(started, [done]).detail.checklist[0]?.value).toBe('done');
  });

  test('leave a note that was written before as it is', () => {
    const noted = visit({ status: 'in_progress', note: 'Key at the porter' }, { checklist: [item()] });
    const seen = project(noted, [note({ item: 'doors', value: 'done' })]);
    expect(seen.detail.visit.note).toBe('Key at the porter');
  });

  test('do not change what the office said', () => {
    project(started, [note({ item: 'doors', value: 'done' })]);
    expect(started.checklist[0]?.value).toBeNull();
  });
});

test('said to be late, it shows at once', () => {
  const late = unsent('running_late', { payload: { minutes: 15 } });
  expect(project(visit({ status: 'accepted' }), [late]).detail.visit.late_by_seconds).toBe(900);
});

test('an item that asks for a photo is answered by the photo itself', () => {
  const promised = { id: 'photo-1', kind: 'photo', sha256: '', size: 1, media_type: 'image/jpeg', taken_at: '', signer: '', item: 'doors', note: '' } as const;
  const asked = visit({ status: 'in_progress' }, { checklist: [item({ kind: 'photo' })] });
  const shown = project(asked, [unsent('note', { files: [promised] })]);
  expect(shown.detail.checklist.map(({ value }) => value)).toEqual(['photo-1']);
});
