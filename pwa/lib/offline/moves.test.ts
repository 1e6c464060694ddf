import { describe, expect, test } from 'vitest';
import type { CommandKind, VisitStatus } from './commands.ts';
import { allowedIn, isStarted, nextStep, stateAfter } from './moves.ts';

test('the way from dispatched to completed is one next step after the other', () => {
  const way: VisitStatus[] = ['dispatched'];
  for (let step = nextStep('dispatched'); step; step = nextStep(way.at(-1)!))
    way.push(stateAfter(way.at(-1)!, step)!);
  expect(way).toEqual(['dispatched', 'accepted', 'en_route', 'arrived', 'in_progress', 'completed']);
});

test('a paused visit goes on where it was', () => {
  expect(stateAfter('in_progress', 'pause')).toBe('paused');
  expect(nextStep('paused')).toBe('resume');
  expect(stateAfter('paused', 'resume')).toBe('in_progress');
});

describe.each<[VisitStatus, CommandKind[]]>([
  ['proposed', []],
  ['dispatched', ['accept', 'decline', 'cannot_complete', 'note', 'running_late']],
  ['accepted', ['decline', 'start_travel', 'arrive', 'cannot_complete', 'note', 'running_late']],
  ['en_route', ['arrive', 'cannot_complete', 'note', 'running_late']],
  [
    'arrived',
    [
      'start_work',
      'complete_partially',
      'cannot_complete',
      'person_released',
      'made_safe',
      'back_in_service',
      'note',
      'order_follow_up',
    ],
  ],
  [
    'in_progress',
    [
      'pause',
      'complete',
      'complete_partially',
      'cannot_complete',
      'person_released',
      'made_safe',
      'back_in_service',
      'note',
      'order_follow_up',
    ],
  ],
  ['paused', ['resume', 'cannot_complete', 'person_released', 'made_safe', 'back_in_service', 'note', 'order_follow_up']],
  ['completed', ['note', 'order_follow_up']],
  ['cannot_complete', ['note', 'order_follow_up']],
  ['declined', []],
  ['cancelled', []],
  ['unassigned', []],
])('a technician with a visit that is %s', (status, kinds) => {
  test('may do exactly what the table says', () => {
    expect(allowedIn(status)).toEqual(kinds);
  });
});

test('arriving without having said that one travels is possible', () => {
  expect(stateAfter('accepted', 'arrive')).toBe('arrived');
});

test('a fact changes no state', () => {
  expect(stateAfter('arrived', 'person_released')).toBe('arrived');
});

test('travelling counts as started and accepted does not', () => {
  expect([isStarted('accepted'), isStarted('en_route'), isStarted('paused')]).toEqual([false, true, true]);
});
