import { describe, expect, it } from 'vitest';
import { Breaches } from './breaches.svelte.ts';
import type { BreachesGateway, Region } from './gateway.ts';
import { OneBreach } from './one_breach.svelte.ts';
import { standingOf } from './told.ts';
import { breach, excuse } from '../testing/makers.ts';
import { refusal, twin } from '../testing/twin.ts';

const regions = [{ id: 'valls', name: 'Valls', zone: 'Europe/Andorra' } as Region];
const names = { regions: async () => regions, customers: async () => [] };

describe('the register of broken promises', () => {
  it('asks only for what was chosen, months by the clocks of the region', async () => {
    const server = twin<BreachesGateway>({ ...names, breaches: async () => ({ items: [] }) });
    const register = new Breaches(server);
    await register.start();
    expect(register.wanted).toEqual({});
    register.month = '2026-11';
    register.state = 'open';
    await register.list.refresh();
    const sent = server.asked.filter(({ call }) => call === 'breaches').at(-1);
    expect(sent?.given[0]).toEqual({
      state: 'open',
      from: '2026-10-31T23:00:00.000Z',
      to: '2026-11-30T23:00:00.000Z',
    });
  });

  it('says of each whether it counts', () => {
    expect(standingOf(breach())).toBe('open');
    expect(standingOf(breach({ excuses: [excuse()] }))).toBe('waiting');
    expect(standingOf(breach({ counts: false, excuses: [excuse({ decision: 'approved' })] }))).toBe('excused');
    const kept = { counts: false, overturned_at: '2026-11-25T09:00:00Z' };
    expect(standingOf(breach(kept))).toBe('overturned');
    expect(standingOf(breach({ ...kept, overturned_because: 'merged' }))).toBe('merged');
  });
});

describe('one broken promise', () => {
  async function opened(answers: Partial<BreachesGateway>): Promise<OneBreach> {
    const server = twin<BreachesGateway>({ ...names, breach: async () => breach(), ...answers });
    const one = new OneBreach(server, 'breach');
    await one.loaded.refresh();
    return one;
  }

  it('is told by the clocks of its region', async () => {
    expect((await opened({})).zone).toBe('Europe/Andorra');
  });

  it('shows what was proposed at once', async () => {
    const one = await opened({ propose: async () => breach({ excuses: [excuse()] }) });
    one.reason = 'The road was closed';
    expect(await one.propose()).toBe(true);
    expect(one.loaded.value?.excuses).toHaveLength(1);
    expect(one.reason).toBe('');
  });

  it('keeps what was typed when it was refused, and shows who was faster', async () => {
    let reads = 0;
    const one = await opened({
      breach: async () => breach({ version: ++reads }),
      propose: () => Promise.reject(refusal('already_decided')),
    });
    one.reason = 'The road was closed';
    expect(await one.propose()).toBe(false);
    expect([one.reason, one.loaded.value?.version]).toEqual(['The road was closed', 2]);
  });
});
