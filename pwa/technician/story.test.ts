import { expect, test } from 'vitest';
import { project } from '../lib/offline/project.ts';
import { unsent, visit } from '../lib/offline/testing/makers.ts';
import { didIn, storyOf } from './story.ts';

const travelled = {
  status: 'en_route',
  accepted_at: '2026-11-23T09:05:00Z',
  en_route_at: '2026-11-23T09:10:00Z',
} as const;

test('the story is told in the order it happened', () => {
  expect(storyOf(project(visit(travelled), [])).map(({ what }) => what.code)).toEqual([
    'dispatch',
    'accept',
    'start_travel',
  ]);
});

test('what the office does not know yet is marked', () => {
  const story = storyOf(project(visit(travelled), [unsent('arrive', { at: '2026-11-23T09:40:00Z' })]));
  expect(story.map(({ what, isSent }) => [what.code, isSent])).toEqual([
    ['dispatch', true],
    ['accept', true],
    ['start_travel', true],
    ['arrive', false],
  ]);
});

test('that it runs again is unsent as long as the completion is', () => {
  const done = { ...unsent('complete', { at: '2026-11-23T10:10:00Z' }), payload: { is_back_in_service: true } };
  const working = visit({ ...travelled, status: 'in_progress', arrived_at: '2026-11-23T09:40:00Z' });
  const told = storyOf(project(working, [done])).find(({ what }) => what.code === 'back_in_service');
  expect(told?.isSent).toBe(false);
});

test('a fact from before this visit is somebody else’s story', () => {
  const facts = [{ kind: 'made_safe', at: '2026-11-22T10:00:00Z', device_at: null }] as const;
  const arrived = visit({ ...travelled, status: 'arrived', arrived_at: '2026-11-23T09:40:00Z' }, { facts: [...facts] });
  expect(storyOf(project(arrived, [])).map(({ what }) => what.code)).not.toContain('made_safe');
});

test('answers to the checklist are told there, not as notes', () => {
  const ticked = { ...unsent('note', { at: '2026-11-23T10:00:00Z' }), payload: { answers: [{ item: 'doors', value: 'done' }] } };
  const working = visit({ ...travelled, status: 'in_progress', arrived_at: '2026-11-23T09:40:00Z' });
  expect(storyOf(project(working, [ticked])).map(({ what }) => what.code)).not.toContain('note');
  expect([didIn(ticked), didIn(unsent('note', { at: '2026-11-23T10:00:00Z' }))]).toEqual(['answer', 'note']);
});

test('a note without words goes by what it carries', () => {
  const parts = unsent('note', { payload: { parts: [{ part: 'DOR-010', quantity: '1' }] } });
  const said = unsent('note', { payload: { note: 'Rope worn', parts: [{ part: 'DOR-010', quantity: '1' }] } });
  expect([parts, said].map(didIn)).toEqual(['parts', 'note']);
});
