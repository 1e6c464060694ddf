import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Change } from '../../lib/api/index.ts';
import { promised, twin } from '../testing/twin.ts';
import type { Looks } from '../wire.ts';
import { Looking } from './looking.svelte.ts';
import { RecentChanges } from './recent.svelte.ts';

const AT = Date.parse('2026-06-02T09:00:00Z');
const dora = { account_id: 'd', name: 'Dora', intervention_ids: ['one'] };

function change(more: Partial<Change> = {}): Change {
  const at = new Date(AT).toISOString();
  return { kind: 'visit_moved', intervention_id: 'one', actor_name: 'Dora', at, data: {}, ...more } as Change;
}

describe('who looks at this board', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('tells what this page shows, at once and again while it stays so', async () => {
    const server = twin({ look: async () => ({ others: [dora] }) });
    const looking = new Looking(server);
    await looking.show('valley', 'two');
    expect(looking.at('one')).toEqual(['Dora']);
    expect(looking.at('two')).toEqual([]);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(server.asked).toHaveLength(2);
    expect(server.asked[1]?.given[0]).toMatchObject({ region_id: 'valley', intervention_id: 'two' });
    looking.leave();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.asked).toHaveLength(3);
    expect(server.asked[2]?.given[0]).toMatchObject({ is_leaving: true });
  });

  it('forgets an answer about a board that is not on screen any more', async () => {
    const slow = promised<Looks>();
    const answers = [slow.answer, Promise.resolve({ others: [] })];
    const looking = new Looking(twin({ look: () => answers.shift() as Promise<Looks> }));
    const first = looking.show('valley', null);
    await looking.show('mountain', null);
    slow.give({ others: [dora] });
    await first;
    expect(looking.others).toEqual([]);
  });
});

describe('what colleagues changed a moment ago', () => {
  it('is news for a minute', () => {
    const recent = new RecentChanges(() => 'Eva');
    recent.heard(change());
    expect(recent.of('one', AT + 5_000)?.name).toBe('Dora');
    expect(recent.of('one', AT + 60_000)).toBeNull();
    expect(recent.since('one', AT - 1)?.name).toBe('Dora');
    expect(recent.since('one', AT)).toBeNull();
    recent.heard(change({ kind: 'intervention_merged', data: { other_id: 'two' } }));
    expect(recent.of('two', AT)?.name).toBe('Dora');
  });

  it('is not what one did oneself, nor what the server noticed', () => {
    const recent = new RecentChanges(() => 'Dora');
    recent.heard(change());
    recent.heard(change({ actor_name: '' }));
    recent.heard(change({ actor_name: 'Eva', kind: 'clock_at_risk' }));
    expect(recent.of('one', AT)).toBeNull();
  });
});
