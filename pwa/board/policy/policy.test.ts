import { beforeEach, describe, expect, it } from 'vitest';
import { refusal, type Twin, twin } from '../testing/twin.ts';
import type { Goal, PlanningPolicy } from '../wire.ts';
import { Policy } from './policy.svelte.ts';

const moving: Goal = { name: 'move_cost', value: 600, usual: 1800, least: 0, most: 28800, is_rate: false };
const overtime: Goal = { name: 'overtime_cost', value: 3, usual: 3, least: 0, most: 60, is_rate: true };
const kept = (...goals: Goal[]): PlanningPolicy => ({ region_id: 'valls', version: 4, goals, history: [] });
let server: Twin;
let policy: Policy;

beforeEach(async () => {
  server = twin({
    planningPolicy: async () => kept(moving, overtime),
    changePolicy: async () => kept({ ...moving, value: 1200 }, overtime),
  });
  policy = new Policy(server);
  await policy.read('valls');
});

describe('the goals of planning', () => {
  it('are typed in minutes of driving, rates as they are', () => {
    expect([policy.shown(moving), policy.shown(overtime)]).toEqual([10, 3]);
    policy.set(moving, 20);
    expect(policy.value(moving)).toBe(1200);
    expect(policy.limits(moving)).toEqual({ min: 0, max: 480 });
  });

  it('never leave their bounds', () => {
    policy.set(overtime, 999);
    expect(policy.value(overtime)).toBe(60);
    policy.set(overtime, Number.NaN);
    expect(policy.value(overtime)).toBe(60);
  });

  it('are kept on the version that was read, only those that are not usual', async () => {
    policy.set(moving, 20);
    policy.reason = 'Calmer';
    await policy.save();
    const [policyGiven, body] = server.asked.at(-1)!.given as [PlanningPolicy, unknown];
    expect(policyGiven.version).toBe(4);
    expect(body).toEqual({ goals: { move_cost: 1200 }, reason: 'Calmer' });
    expect([policy.isSaved, policy.isChanged]).toEqual([true, false]);
  });

  it('go back to the usual ones together', async () => {
    expect(policy.isUsual).toBe(false);
    policy.toUsual();
    expect([policy.isUsual, policy.isChanged]).toEqual([true, true]);
    await policy.save();
    expect(server.asked.at(-1)!.given[1]).toEqual({ goals: {}, reason: '' });
  });

  it('keep what was typed when somebody was quicker', async () => {
    policy = new Policy(
      twin({ planningPolicy: async () => kept(moving), changePolicy: () => Promise.reject(refusal('stale', 412)) }),
    );
    await policy.read('valls');
    policy.set(moving, 20);
    await policy.save();
    expect(policy.failure?.code).toBe('stale');
    expect(policy.value(moving)).toBe(1200);
  });
});
