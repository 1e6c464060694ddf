import { describe, expect, it } from 'vitest';
import { Problem } from '../../lib/api/problem.ts';
import { TrialsView } from './trials.svelte.ts';
import type { Trial, TrialsGateway, TrialWish } from './trials_gateway.ts';

const regions = [{ id: 'v', name: 'Valls' }, { id: 'a', name: 'Altes' }];

function server(given: Partial<TrialsGateway> = {}) {
  const asked: TrialWish[] = [];
  const kept: Trial[] = [];
  const reads = { count: 0 };
  return {
    asked,
    kept,
    reads,
    trials: async () => {
      reads.count += 1;
      return [...kept];
    },
    start: async (wish: TrialWish) => {
      asked.push(wish);
      const made = { id: wish.region_id, region_id: wish.region_id, status: 'running' } as Trial;
      kept.push(made);
      return made;
    },
    stop: async (id: string) => {
      kept.splice(0, kept.length, ...kept.map((each) => (each.id === id ? { ...each, status: 'cancelled' as const } : each)));
      return kept[0]!;
    },
    regions: async () => regions as never,
    ...given,
  };
}

async function opened(given: Partial<TrialsGateway> = {}) {
  const twin = server(given);
  const view = new TrialsView(twin);
  await view.loaded.refresh();
  return { twin, view };
}

describe('a promise tried out', () => {
  it('is asked of every region unless one is chosen', async () => {
    const { twin, view } = await opened();
    await view.start();
    view.region = 'a';
    await view.start();
    expect(twin.asked.map((each) => each.region_id)).toEqual(['v', 'a', 'a']);
    expect(view.regionName('a')).toBe('Altes');
  });

  it.each([['3', 10_800], ['0,5', 1800], ['1.25', 4500], ['', undefined], ['soon', undefined], ['0', undefined], ['999', undefined]])(
    'takes %s hours as %s seconds',
    async (hours, seconds) => {
      const { twin, view } = await opened();
      view.hours = hours;
      expect(view.seconds).toBe(seconds);
      await view.start();
      expect(twin.asked.length > 0).toBe(seconds !== undefined);
    },
  );

  it('is read again only while one runs', async () => {
    const { twin, view } = await opened();
    await view.look();
    expect(twin.reads.count).toBe(1);
    view.region = 'v';
    await view.start();
    await view.look();
    expect(twin.reads.count).toBe(3);
    await view.stop(view.trials[0]!);
    await view.look();
    expect([view.isRunning, twin.reads.count]).toEqual([false, 4]);
  });

  it('says why it could not be asked, and keeps what was there', async () => {
    const start = () => Promise.reject(new Problem({ code: 'unreachable' }, 0));
    const { view } = await opened({ start });
    await view.start();
    expect([view.deed.problem?.isOffline, view.loaded.face]).toEqual([true, 'ready']);
  });

  it('says that its progress may be old, until it is read again', async () => {
    let isAway = false;
    const running = { id: 'one', region_id: 'v', status: 'running' } as Trial;
    const trials = () =>
      isAway ? Promise.reject(new Problem({ code: 'offline' }, 0)) : Promise.resolve([running]);
    const { view } = await opened({ trials });
    expect(view.problem).toBeUndefined();
    isAway = true;
    await view.look();
    expect([view.problem?.isOffline, view.trials.length]).toEqual([true, 1]);
    isAway = false;
    await view.look();
    expect(view.problem).toBeUndefined();
  });
});
