import { describe, expect, test } from 'vitest';
import { Problem } from '../api/problem.ts';
import type { CommandBody, CommandResult, Target } from './commands.ts';
import type { Outbox, Send } from './outbox.ts';
import { appliedTo, outboxWith, storeWith, visit } from './testing/makers.ts';

/** A small generator, so that a failing run can be played again by its seed. */
function chances(seed: number): () => number {
  let state = seed * 2654435761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0;
    return state / 2 ** 32;
  };
}

interface Spoken {
  readonly device: string;
  readonly sequence: number;
  readonly target: string;
  readonly kind: string;
}

/** A server behind a bad network: it acts on each command once, whatever the network does. */
class BadNetwork {
  readonly done: Spoken[] = [];
  readonly #judged = new Map<string, CommandResult>();
  readonly #chance: () => number;
  isQuiet = false;

  constructor(chance: () => number) {
    this.#chance = chance;
  }

  readonly send: Send = async (target, commands) => {
    const luck = this.isQuiet ? 1 : this.#chance();
    if (luck < 0.12) throw Problem.offline();
    if (luck < 0.18) throw new Problem({ code: 'busy' }, 503);
    if (luck < 0.24) throw new Problem({ code: 'internal' }, 500);
    if (luck < 0.28) throw new Problem({ code: 'not_signed_in' }, 401);
    if (luck < 0.32) throw new Problem({ code: 'too_many_attempts' }, 429);
    const answers = commands.map((command) => this.#carryOut(target, command));
    if (luck < 0.5) throw Problem.offline();
    return answers;
  };

  #carryOut(target: Target, command: CommandBody): CommandResult {
    const known = this.#judged.get(command.id);
    if (known) return { ...known, outcome: 'duplicate' };
    const { visit: seen, ...said } = appliedTo(visit({ id: target.id }), command);
    const result = target.kind === 'visit' ? { ...said, visit: seen! } : said;
    this.#judged.set(command.id, result);
    const { device, sequence, kind } = command;
    this.done.push({ device, sequence, kind, target: target.id });
    return result;
  }
}

const steps = ['accept', 'start_travel', 'arrive', 'note', 'start_work', 'complete'] as const;
const duties = ['start_shift', 'start_break', 'end_break', 'end_shift'] as const;
const visits = ['visit-1', 'visit-2'];
const longLater = 3_600_000;

/** A phone with two tabs, each of which may be killed at any moment and opened again. */
class Tabs {
  readonly #open: () => Outbox;
  readonly #chance: () => number;
  #tabs: [Outbox, Outbox];

  constructor(open: () => Outbox, chance: () => number) {
    this.#open = open;
    this.#chance = chance;
    this.#tabs = [open(), open()];
  }

  /** One of them, after some were killed: between writing down and sending, or during it. */
  any(): Outbox {
    const which = this.#chance() < 0.5 ? 0 : 1;
    if (this.#chance() < 0.2) {
      this.#tabs[which].stop();
      this.#tabs[which] = this.#open();
    }
    return this.#tabs[which];
  }

  async flush(): Promise<void> {
    await Promise.all(this.#tabs.map((tab) => tab.flush()));
  }
}

describe.each(Array.from({ length: 200 }, (_, seed) => seed))('on a bad network, seed %i', (seed) => {
  test('every step arrives once and in order, from two tabs that come and go', async () => {
    const chance = chances(seed + 1);
    const network = new BadNetwork(chance);
    const store = await storeWith(...visits.map((id) => visit({ id })));
    const isOnline = (): boolean => network.isQuiet || chance() > 0.2;
    let lateness = 0;
    const now = (): number => Date.now() + lateness;
    const tabs = new Tabs(() => outboxWith({ store, send: network.send, isOnline, now }), chance);

    for (const step of steps) for (const id of visits) await tabs.any().add(id, step);
    for (const duty of duties) await tabs.any().addDuty('technician-1', duty);
    expect(network.done.map(({ kind }) => kind)).not.toContain('complete');
    // Somebody changed their mind in time: it is as if it had never been.
    const taken = (await store.pending()).find(({ kind, heldUntil }) => kind === 'complete' && heldUntil !== null)!;
    expect(await tabs.any().undo(taken.id)).toBe(true);

    network.isQuiet = true;
    lateness = longLater;
    await tabs.flush();
    expect(await store.pending()).toEqual([]);
    const told = (target: string): string[] =>
      network.done.filter((one) => one.target === target).map(({ kind }) => kind);
    for (const id of visits)
      expect(told(id)).toEqual(id === taken.target.id ? steps.filter((step) => step !== 'complete') : steps);
    expect(told('technician-1')).toEqual(duties);
    for (const target of [...visits, 'technician-1']) {
      const numbers = network.done.filter((one) => one.target === target).map(({ sequence }) => sequence);
      expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
    }
  });
});
