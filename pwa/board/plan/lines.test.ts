import { beforeEach, describe, expect, it, vi } from 'vitest';
import { plan, planChange, DAY } from '../testing/makers.ts';
import { twin } from '../testing/twin.ts';
import { Lines } from './lines.svelte.ts';
import { PlanRun } from './plan_run.svelte.ts';

const line = (intervention_id: string, ...needs: string[]) => planChange({ intervention_id, needs });
let lines: Lines;

beforeEach(() => {
  lines = new Lines();
  lines.look('plan', [line('first'), line('second', 'first'), line('third', 'second'), line('alone')]);
});

describe('the lines of a plan', () => {
  it('are all carried out until one is left', () => {
    expect(lines.taken).toBeNull();
    lines.toggle('alone');
    expect(lines.taken).toEqual(['first', 'second', 'third']);
  });

  it('leave whatever takes the time of a line that is left', () => {
    lines.toggle('first');
    expect(lines.taken).toEqual(['alone']);
  });

  it('take along whatever a line needs', () => {
    lines.toggleAll();
    lines.toggle('third');
    expect(lines.taken).toEqual(['first', 'second', 'third']);
  });

  it('are all taken again when another plan is looked at', () => {
    lines.toggle('first');
    lines.look('other', [line('first')]);
    expect(lines.taken).toBeNull();
  });

  it('are published alone when some are left', async () => {
    const server = twin({
      latestPlan: async () => plan({ status: 'ready' }),
      publishPlanLines: async () => plan({ status: 'published' }),
    });
    const run = new PlanRun(server, vi.fn());
    await run.open('valls', DAY);
    await run.publish(['alone']);
    expect(server.asked.at(-1)).toEqual({ call: 'publishPlanLines', given: ['plan', ['alone']] });
    expect(run.plan?.status).toBe('published');
  });
});
