import { describe, expect, it } from 'vitest';
import { Approvals } from './approvals.svelte.ts';
import type { Agreement, ApprovalsGateway, Version, WaitingPause } from './gateway.ts';
import { breach, credit, excuse } from '../testing/makers.ts';
import { refusal, twin } from '../testing/twin.ts';

const pause = {
  pause: {
    id: 'pause',
    author: 'Dora',
    recorded_at: '2026-11-24T08:00:00Z',
    evidence: 'Called the concierge',
    can_decide: true,
  },
} as WaitingPause;
const draft = {
  id: 'v2',
  status: 'draft',
  author_name: 'Xavi',
  written_at: '2026-11-20T08:00:00Z',
  allowed: [],
} as unknown as Version;
const active = { ...draft, id: 'v1', status: 'active' } as Version;

function server(more: Partial<ApprovalsGateway> = {}) {
  return twin<ApprovalsGateway>({
    pauses: async () => [pause],
    breaches: async () => [
      breach({ can_decide: true, excuses: [excuse({ id: 'old', decision: 'refused' }), excuse()] }),
    ],
    credits: async () => [
      credit({ status: 'checked', checked_by: 'Xavi', checked_at: '2026-11-22T08:00:00Z', allowed: ['drop'] }),
    ],
    agreements: async () => [{ id: 'a1', versions: [active, draft] } as unknown as Agreement],
    ...more,
  });
}

describe('what waits for a second person', () => {
  it('is one list from four places, the first asked for first', async () => {
    const approvals = new Approvals(server());
    await approvals.loaded.refresh();
    const shown = approvals.loaded.value?.map(({ kind, askedBy, canDecide }) => [kind, askedBy, canDecide]);
    expect(shown).toEqual([
      ['verify', 'Xavi', false],
      ['credit', 'Xavi', false],
      ['pause', 'Dora', true],
      ['excuse', 'Dora', true],
    ]);
  });

  it('is gone once it was decided', async () => {
    let waiting = [pause];
    const gateway = server({
      pauses: async () => waiting,
      decidePause: async () => (waiting = []),
    });
    const approvals = new Approvals(gateway);
    await approvals.loaded.refresh();
    const [asked] = approvals.loaded.value!.filter(({ kind }) => kind === 'pause');
    expect(await approvals.decide(asked!, 'refused')).toBe(true);
    expect(approvals.loaded.value?.map(({ kind }) => kind)).not.toContain('pause');
    const [sent] = gateway.asked.filter(({ call }) => call === 'decidePause');
    expect(sent?.given.slice(0, 2)).toEqual(['pause', 'refused']);
  });

  it('says beside the one that was refused why, and how it stands now', async () => {
    const gateway = server({ decideExcuse: () => Promise.reject(refusal('already_decided')) });
    const approvals = new Approvals(gateway);
    await approvals.loaded.refresh();
    const [asked] = approvals.loaded.value!.filter(({ kind }) => kind === 'excuse');
    expect(await approvals.decide(asked!, 'approved')).toBe(false);
    expect([approvals.tried, approvals.deed.problem?.code]).toEqual(['excuse', 'already_decided']);
    expect(gateway.asked.filter(({ call }) => call === 'breaches')).toHaveLength(2);
  });
});
