import { describe, expect, test, vi } from 'vitest';
import { Problem } from '../api/problem.ts';
import { type BackgroundParts, work } from './background.ts';
import { waitingForYou } from './badge.ts';
import { heldFor } from './queue.ts';
import { appliedTo, oneByOne, outboxWith, storeWith, unsent, visit } from './testing/makers.ts';

function parts(changes: Partial<BackgroundParts> = {}): BackgroundParts {
  return {
    outbox: { flush: async () => 'done', release: async () => 'done' },
    pull: { run: async () => undefined },
    errands: [],
    isWatched: async () => false,
    heldFor: async () => undefined,
    wait: async () => undefined,
    ...changes,
  };
}

describe('a step that can still be taken back', () => {
  async function heldStep(isWatched: boolean) {
    const store = await storeWith(visit({ status: 'in_progress' }));
    const sent: string[] = [];
    const send = oneByOne(async (_id, command) => {
      sent.push(command.kind);
      return appliedTo(visit(), command);
    });
    let lateness = 0;
    const now = (): number => Date.now() + lateness;
    const outbox = outboxWith({ store, send, now });
    const { id } = await outbox.add('visit-1', 'complete');
    await outbox.flush();
    const sentBefore: string[][] = [];
    const wait = async (milliseconds: number): Promise<void> => {
      sentBefore.push([...sent]);
      lateness += milliseconds;
    };
    const given = parts({
      outbox,
      isWatched: async () => isWatched,
      heldFor: async () => heldFor(await store.pending(), now()),
      wait,
    });
    return { outbox, id, given, sent, sentBefore };
  }

  test('is sent at once where nobody looks', async () => {
    const { given, sent, sentBefore } = await heldStep(false);
    await work(given);
    expect([sent, sentBefore]).toEqual([['complete'], []]);
  });

  test('keeps its time while a page is open, and is sent though that page stands still', async () => {
    const { given, sent, sentBefore } = await heldStep(true);
    await work(given);
    expect([sent, sentBefore]).toEqual([['complete'], [[]]]);
  });

  test('is not sent when it is taken back meanwhile', async () => {
    const { outbox, id, given, sent } = await heldStep(true);
    await work({ ...given, wait: () => outbox.undo(id) });
    expect(sent).toEqual([]);
  });
});

test('what could not be done is worth another time, but never by asking again who is here', async () => {
  expect(await work(parts())).toBe(true);
  expect(await work(parts({ outbox: { flush: async () => 'done', release: async () => 'trying_again' } }))).toBe(false);
  expect(await work(parts({ pull: { run: async () => Problem.offline() } }))).toBe(false);
  expect(await work(parts({ errands: [async () => false, async () => true] }))).toBe(false);
  expect(await work(parts({ outbox: { flush: async () => 'done', release: async () => 'signed_out' } }))).toBe(true);
});

test('a failed errand keeps no other from being done', async () => {
  const upload = vi.fn(async () => true);
  await work(parts({ errands: [async () => false, upload] }));
  expect(upload).toHaveBeenCalledTimes(1);
});

test('the icon counts visits to answer and steps that were refused', async () => {
  const store = await storeWith(
    visit(),
    visit({ id: 'answered' }),
    visit({ id: 'accepted', status: 'accepted' }),
    visit({ id: 'refused', status: 'in_progress' }),
  );
  await store.write(async (writing) => {
    const outbox = writing.objectStore('outbox');
    await outbox.add(unsent('accept', { target: { kind: 'visit', id: 'answered' } }));
    for (const kind of ['arrive', 'note'] as const)
      await outbox.add(unsent(kind, { target: { kind: 'visit', id: 'refused' }, state: 'parked' }));
  });
  expect(await store.read(waitingForYou)).toBe(2);
});
