import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../../lib/api/problem.ts';
import { PlanRun } from './plan_run.svelte.ts';
import { DAY, plan } from '../testing/makers.ts';
import { promised, twin } from '../testing/twin.ts';
import type { Plan } from '../wire.ts';

const wish = { region: 'valls', day: DAY, seconds: 10, changeBudget: 3 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('planning the day', () => {
  it('watches the solve until it is ready', async () => {
    const answers = [plan({ elapsed_seconds: 1.5 }), plan({ status: 'ready' })];
    const server = twin({ startPlan: async () => plan(), plan: async () => answers.shift() as Plan });
    const run = new PlanRun(server, vi.fn());
    await run.start(wish);
    expect(run.isRunning).toBe(true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(run.isReady).toBe(true);
    await vi.advanceTimersByTimeAsync(5000);
    expect(server.asked.filter((one) => one.call === 'plan')).toHaveLength(2);
  });

  it('takes up a solve that was started before the page was opened', async () => {
    const server = twin({ latestPlan: async () => plan({ status: 'ready' }) });
    const run = new PlanRun(server, vi.fn());
    await run.open('valls', DAY);
    expect(run.isReady).toBe(true);
  });

  it('leaves alone the solve of another day', async () => {
    const server = twin({ latestPlan: async () => plan({ status: 'ready', day: '2026-11-22' }) });
    const run = new PlanRun(server, vi.fn());
    await run.open('valls', DAY);
    expect(run.plan).toBeNull();
  });

  it('publishes what was reviewed and tells the board', async () => {
    const published = vi.fn();
    const server = twin({
      latestPlan: async () => plan({ status: 'ready' }),
      publishPlan: async () => plan({ status: 'published' }),
    });
    const run = new PlanRun(server, published);
    await run.open('valls', DAY);
    await run.publish();
    expect(run.plan?.status).toBe('published');
    expect(published).toHaveBeenCalledOnce();
  });

  it('publishes nothing that is still being solved', async () => {
    const server = twin({ startPlan: async () => plan() });
    const run = new PlanRun(server, vi.fn());
    await run.start(wish);
    await run.publish();
    expect(server.asked.map((one) => one.call)).toEqual(['startPlan']);
  });

  it('goes on watching after the network came back', async () => {
    const answers = [() => Promise.reject(Problem.offline()), async () => plan({ status: 'ready' })];
    const server = twin({
      startPlan: async () => plan(),
      plan: () => (answers.shift() as () => Promise<Plan>)(),
    });
    const run = new PlanRun(server, vi.fn());
    await run.start(wish);
    await vi.advanceTimersByTimeAsync(500);
    expect(run.failure?.isOffline).toBe(true);
    await vi.advanceTimersByTimeAsync(3000);
    expect(run.isReady).toBe(true);
    expect(run.failure).toBeNull();
  });

  it('shows which lines no longer fit once somebody acted on the day, read once for a burst', async () => {
    const server = twin({
      latestPlan: async () => plan({ status: 'ready' }),
      plan: async () => plan({ status: 'ready', stale_changes: 1 }),
    });
    const run = new PlanRun(server, vi.fn());
    await run.open('valls', DAY);
    run.dayChanged();
    run.dayChanged();
    await vi.advanceTimersByTimeAsync(500);
    expect(run.plan?.stale_changes).toBe(1);
    expect(server.asked.filter((one) => one.call === 'plan')).toHaveLength(1);
    run.close();
    run.dayChanged();
    await vi.advanceTimersByTimeAsync(500);
    expect(server.asked.filter((one) => one.call === 'plan')).toHaveLength(1);
    await run.open('valls', DAY);
    expect(server.asked.filter((one) => one.call === 'plan')).toHaveLength(2);
  });

  it('shows no plan of a day that is looked at no more', async () => {
    const asked = promised<Plan>();
    const run = new PlanRun(twin({ startPlan: () => asked.answer }), vi.fn());
    const started = run.start(wish);
    run.forget();
    asked.give(plan());
    await started;
    expect(run.plan).toBeNull();
    expect(run.isBusy).toBe(false);
  });
});
