import { describe, expect, test, vi } from 'vitest';
import { Problem } from '../api/problem.ts';
import { type BackgroundParts, work } from './background.ts';
import { waitingForYou } from './badge.ts';
import type { CommandBody } from './commands.ts';
import { appliedTo, oneByOne, outboxWith, storeWith, unsent, visit } from './testing/makers.ts';

function parts(changes: Partial<BackgroundParts> = {}): BackgroundParts {
  return {
    outbox: { flush: async () => 'done', release: async () => 'done' },
    pull: { run: async () => undefined },
    errands: [],
    isWatched: async () => false,
    ...changes,
  };
}

describe('a step that can still be taken back', () => {
  async function heldStep(isWatched: boolean): Promise<string[]> {
    const store = await storeWith(visit({ status: 'in_progress' }));
    const sent: CommandBody[] = [];
    const send = oneByOne(async (_id, command) => {
      sent.push(command);
      return appliedTo(visit(), command);
    });
    const outbox = outboxWith({ store, send });
    await outbox.add('visit-1', 'complete');
    await outbox.flush();
    await work(parts({ outbox, isWatched: async () => isWatched }));
    return sent.map(({ kind }) => kind);
  }

  test('is sent once nobody looks', async () => expect(await heldStep(false)).toEqual(['complete']));
  test('waits while a page is open', async () => expect(await heldStep(true)).toEqual([]));
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
