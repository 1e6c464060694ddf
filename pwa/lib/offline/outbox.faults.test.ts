import { describe, expect, test } from 'vitest';
import { Problem } from '../api/problem.ts';
import type { CommandBody, CommandResult } from './commands.ts';
import { appliedTo, outboxWith, storeWith, visit } from './testing/makers.ts';

/** A small generator, so that a failing run can be played again by its seed. */
function chances(seed: number): () => number {
  let state = seed * 2654435761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0;
    return state / 2 ** 32;
  };
}

/** A server behind a bad network: it acts on each command once, whatever the network does. */
class BadNetwork {
  readonly done: string[] = [];
  readonly #judged = new Map<string, CommandResult>();
  readonly #chance: () => number;
  isQuiet = false;

  constructor(chance: () => number) {
    this.#chance = chance;
  }

  readonly send = async (visitId: string, command: CommandBody): Promise<CommandResult> => {
    const luck = this.isQuiet ? 1 : this.#chance();
    if (luck < 0.15) throw Problem.offline();
    if (luck < 0.25) throw new Problem({ code: 'busy' }, 503);
    if (luck < 0.3) throw new Problem({ code: 'not_signed_in' }, 401);
    if (luck < 0.35) throw new Problem({ code: 'too_many_attempts' }, 429);
    const answer = this.#carryOut(visitId, command);
    if (luck < 0.5) throw Problem.offline();
    return answer;
  };

  #carryOut(visitId: string, command: CommandBody): CommandResult {
    const known = this.#judged.get(command.id);
    if (known) return { ...known, outcome: 'duplicate' };
    const result = appliedTo(visit({ id: visitId }), command);
    this.#judged.set(command.id, result);
    this.done.push(`${visitId} ${command.kind}`);
    return result;
  }
}

const steps = ['accept', 'start_travel', 'arrive', 'note', 'start_work', 'complete'] as const;
const visits = ['visit-1', 'visit-2'];

describe.each(Array.from({ length: 40 }, (_, seed) => seed))('on a bad network, seed %i', (seed) => {
  test('every step arrives once and in order, from two tabs', async () => {
    const chance = chances(seed + 1);
    const network = new BadNetwork(chance);
    const store = await storeWith(...visits.map((id) => visit({ id })));
    const isOnline = (): boolean => network.isQuiet || chance() > 0.2;
    const tabs = [0, 1].map(() => outboxWith({ store, send: network.send, isOnline }));
    for (const step of steps)
      for (const id of visits) await tabs[chance() < 0.5 ? 0 : 1]!.add(id, step);
    network.isQuiet = true;
    await Promise.all(tabs.map((tab) => tab.flush()));
    expect(await store.pending()).toEqual([]);
    for (const id of visits)
      expect(network.done.filter((line) => line.startsWith(id))).toEqual(steps.map((step) => `${id} ${step}`));
  });
});
