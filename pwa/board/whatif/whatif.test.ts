import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { at, DAY, plan } from '../testing/makers.ts';
import { refusal, twin } from '../testing/twin.ts';
import type { Scenario } from '../wire.ts';
import { WhatIf } from './whatif.svelte.ts';

const scenario = (id: string, status: Scenario['status'] = 'ready'): Scenario => ({
  id,
  region_id: 'valls',
  day: DAY,
  status,
  supposed: [{ kind: 'storm', calls: 5 }],
  requested_at: at('09:00'),
  requested_by: 'Dora',
  problem_code: null,
  result: null,
  plan_id: null,
  version: 1,
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what if', () => {
  it('puts the newest two side by side, the older one first, without what was applied', async () => {
    const all = [scenario('third'), scenario('done', 'applied'), scenario('second'), scenario('first')];
    const whatIf = new WhatIf(twin({ scenarios: async () => all }));
    await whatIf.read('valls', DAY);
    expect(whatIf.shown.map(({ id }) => id)).toEqual(['second', 'third']);
  });

  it('asks with everything that was put together, and looks until it is worked out', async () => {
    const answers = [[scenario('one', 'running')], [scenario('one')]];
    const server = twin({ scenarios: async () => answers.shift() ?? [], suppose: async () => scenario('one', 'running') });
    const whatIf = new WhatIf(server);
    whatIf.add({ kind: 'sick', technician_id: 'ines' });
    whatIf.add({ kind: 'storm', calls: 4 });
    whatIf.remove(0);
    await whatIf.workOut(5);
    expect(server.asked[0]?.given[0]).toMatchObject({ supposed: [{ kind: 'storm', calls: 4 }], seconds: 5 });
    expect([whatIf.isRunning, whatIf.supposed.length]).toEqual([true, 0]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(whatIf.isRunning).toBe(false);
  });

  it('gives the plan to review when one is applied, and says so when it cannot be', async () => {
    const applied = new WhatIf(twin({ scenarios: async () => [], applyScenario: async () => plan({ status: 'ready' }) }));
    expect((await applied.apply('one'))?.status).toBe('ready');
    const refused = new WhatIf(twin({ scenarios: async () => [], applyScenario: () => Promise.reject(refusal('plan_not_ready')) }));
    expect(await refused.apply('one')).toBeNull();
    expect(refused.failure?.code).toBe('plan_not_ready');
  });
});
