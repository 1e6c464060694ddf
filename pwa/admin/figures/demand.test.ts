import { describe, expect, it } from 'vitest';
import { twin } from '../testing/twin.ts';
import { DemandView } from './demand.svelte.ts';
import type { Demand, FiguresGateway } from './gateway.ts';

const hours = Array.from({ length: 168 }, (_, at) => ({
  weekday: Math.floor(at / 24),
  hour: at % 24,
  expected: at === 9 ? 2 : 0.5,
  at_most: 4,
}));

function server(found: Partial<Demand>) {
  return twin<FiguresGateway>({
    regions: async () => [{ id: 'valls', name: 'Valls' }] as never,
    demand: async () => ({ hours, back_test: null, ...found }) as never,
  });
}

describe('calls to expect', () => {
  it('begins with the first region, and stands as rows of hours and sums of days', async () => {
    const asked = server({});
    const view = new DemandView(asked);
    await view.start();
    expect(asked.asked.at(-1)?.given).toEqual(['valls']);
    expect(view.face).toBe('ready');
    expect(view.rows).toHaveLength(24);
    expect(view.rows[9]?.days[0]).toMatchObject({ weekday: 0, hour: 9, share: 1 });
    expect(view.rows[9]?.days[1]?.share).toBe(0.25);
    expect(view.days).toEqual([13.5, 12, 12, 12, 12, 12, 12]);
  });

  it('says so where there is too little to go by', async () => {
    const view = new DemandView(server({ hours: [] }));
    await view.start();
    expect(view.face).toBe('empty');
    expect(view.rows).toEqual([]);
  });
});
