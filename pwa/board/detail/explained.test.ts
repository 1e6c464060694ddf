import { describe, expect, it } from 'vitest';
import { Explained } from './explained.svelte.ts';
import { trail } from '../testing/makers.ts';
import { promised, refusal, twin } from '../testing/twin.ts';
import type { Trail } from '../wire.ts';

describe('how deadlines came about', () => {
  it('belongs to the intervention on screen, not to the one before', async () => {
    const slow = promised<Trail[]>();
    const answers = new Map([
      ['one', slow.answer],
      ['two', Promise.resolve([trail()])],
    ]);
    const server = twin({ trails: (id) => answers.get(id)!, marks: async () => [] });
    const explained = new Explained(server);
    const first = explained.read('one');
    await explained.read('two');
    slow.give([]);
    await first;
    expect(explained.trails).toHaveLength(1);
  });

  it('stays on screen while it is read again, and when that fails', async () => {
    let isAway = false;
    const trails = async () => {
      if (isAway) throw refusal('unreachable', 0);
      return [trail()];
    };
    const explained = new Explained(twin({ trails, marks: async () => [] }));
    await explained.read('one');
    isAway = true;
    await explained.read('one');
    expect(explained.trails).toHaveLength(1);
    expect(explained.failure?.isOffline).toBe(true);
  });
});
