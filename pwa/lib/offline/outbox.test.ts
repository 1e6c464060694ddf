import { describe, expect, test, vi } from 'vitest';
import { Problem } from '../api/problem.ts';
import { finished } from './attaching.ts';
import type { CommandBody, CommandResult, Duty } from './commands.ts';
import type { Send } from './outbox.ts';
import { appliedTo, Later, oneByOne, outboxWith, settled, storeWith, visit } from './testing/makers.ts';

function refused(code: string, status: number): Problem {
  return new Problem({ code }, status);
}

const visitOne = { kind: 'visit', id: 'visit-1' } as const;

/** A server that carries everything out and remembers what it was sent. */
function willing(sent: CommandBody[] = []): Send {
  return oneByOne(async (_visitId, command) => {
    sent.push(command);
    return appliedTo(visit(), command);
  });
}

function refusing(outcome: CommandResult['outcome'], code: string): Send {
  return oneByOne(async (_visitId, command) => ({
    ...appliedTo(visit({ status: 'cancelled' }), command, { version: 6 }),
    outcome,
    code,
  }));
}

test('a command is written down before anything is sent', async () => {
  const store = await storeWith(visit());
  const outbox = outboxWith({ store, send: willing(), isOnline: () => false });
  await outbox.add('visit-1', 'accept');
  expect(await store.pending()).toMatchObject([{ kind: 'accept', baseVersion: 5, sequence: 1, tries: 0 }]);
});

test('a clock that was set is measured before it stamps, and the time of the tap stays', async () => {
  const store = await storeWith(visit());
  let now = Date.parse('2026-11-23T10:00:00Z');
  const clock = { offsetSeconds: 0 };
  const settleClock = async (): Promise<void> => {
    now += 700;
    clock.offsetSeconds = -3600;
  };
  const outbox = outboxWith({ store, send: willing(), isOnline: () => false, clock, settleClock, now: () => now });
  await outbox.add('visit-1', 'accept');
  expect(await store.pending()).toMatchObject([{ at: '2026-11-23T10:00:00.000Z', clockOffsetSeconds: -3600 }]);
});

test('what was done is sent in order and then forgotten', async () => {
  const store = await storeWith(visit());
  const sent: CommandBody[] = [];
  let isOnline = false;
  const outbox = outboxWith({ store, send: willing(sent), isOnline: () => isOnline });
  for (const kind of ['accept', 'start_travel', 'arrive'] as const) await outbox.add('visit-1', kind);
  isOnline = true;
  expect(await settled(outbox, store)).toEqual([]);
  expect(sent.map(({ kind, base_version, sequence }) => [kind, base_version, sequence])).toEqual([
    ['accept', 5, 1],
    ['start_travel', 6, 2],
    ['arrive', 7, 3],
  ]);
});

test('the server’s answer becomes the visit on the phone', async () => {
  const store = await storeWith(visit());
  const send = oneByOne(async (_id, command) => appliedTo(visit(), command, { status: 'accepted' }));
  const outbox = outboxWith({ store, send });
  await outbox.add('visit-1', 'accept');
  await settled(outbox, store);
  expect((await store.visit('visit-1'))?.detail.visit).toMatchObject({ status: 'accepted', version: 6 });
});

test('a lost answer is asked for again with the same id, and counts once', async () => {
  const store = await storeWith(visit());
  const judged = new Map<string, number>();
  const send = oneByOne(async (_id, command) => {
    const times = (judged.get(command.id) ?? 0) + 1;
    judged.set(command.id, times);
    if (times === 1) throw Problem.offline();
    return { ...appliedTo(visit(), command), outcome: 'duplicate' };
  });
  const outbox = outboxWith({ store, send });
  await outbox.add('visit-1', 'accept');
  await outbox.flush();
  expect(await settled(outbox, store)).toEqual([]);
  expect([...judged.values()]).toEqual([2]);
});

test('each attempt says when it leaves, by the clock that stamped the tap', async () => {
  const store = await storeWith(visit());
  const sent: CommandBody[] = [];
  let now = Date.parse('2026-11-23T10:00:00Z');
  let isOnline = false;
  const outbox = outboxWith({ store, send: willing(sent), isOnline: () => isOnline, now: () => now });
  await outbox.add('visit-1', 'accept');
  now += 20 * 60_000;
  isOnline = true;
  await settled(outbox, store);
  expect(sent).toMatchObject([{ at: '2026-11-23T10:00:00.000Z', sent_at: '2026-11-23T10:20:00.000Z' }]);
});

test('a wake-up during a failing round is not lost', async () => {
  const store = await storeWith(visit());
  let fail: (problem: Problem) => void = () => undefined;
  const first = new Promise<CommandResult[]>((_resolve, reject) => (fail = reject));
  const send = vi.fn<Send>().mockReturnValueOnce(first).mockImplementation(willing());
  const outbox = outboxWith({ store, send });
  await outbox.add('visit-1', 'accept');
  await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(1));
  const online = outbox.flush();
  fail(Problem.offline());
  expect(await online).toBe('done');
  expect(await store.pending()).toEqual([]);
});

test('however long the network was away, the next attempt is less than a minute off', async () => {
  const store = await storeWith(visit());
  const waits: number[] = [];
  const later = (_act: () => void, milliseconds: number): void => void waits.push(milliseconds);
  const send = vi.fn<Send>().mockRejectedValue(Problem.offline());
  const outbox = outboxWith({ store, send, later, random: () => 0.999 });
  await outbox.add('visit-1', 'accept');
  for (let attempt = 0; attempt < 12; attempt += 1) await outbox.flush();
  expect(Math.max(...waits)).toBeGreaterThan(10_000);
  expect(Math.max(...waits)).toBeLessThan(60_000);
});

test('two tabs send each command once', async () => {
  const store = await storeWith(visit());
  const sent: CommandBody[] = [];
  const [one, other] = [outboxWith({ store, send: willing(sent) }), outboxWith({ store, send: willing(sent) })];
  await one.add('visit-1', 'accept');
  await one.add('visit-1', 'start_travel');
  await Promise.all([one.flush(), other.flush(), one.flush(), other.flush()]);
  expect(sent.map(({ kind }) => kind)).toEqual(['accept', 'start_travel']);
});

test('without any event the timer tries again, less and less often', async () => {
  const store = await storeWith(visit());
  const later = new Later();
  const waits: number[] = [];
  const send = vi.fn<Send>().mockRejectedValue(Problem.offline());
  const outbox = outboxWith({
    store,
    send,
    later: (act, milliseconds) => {
      waits.push(milliseconds);
      later.set(act);
    },
  });
  await outbox.add('visit-1', 'accept');
  for (const tries of [1, 2, 3]) {
    await vi.waitFor(() => expect(waits).toHaveLength(tries));
    later.pass();
  }
  await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(4));
  expect(waits.slice(0, 3)).toEqual([1000, 2000, 4000]);
});

describe('while the device knows that it is offline', () => {
  test('nothing is attempted, so the last step can still be taken back', async () => {
    const store = await storeWith(visit());
    const outbox = outboxWith({ store, send: willing(), isOnline: () => false });
    const { id } = await outbox.add('visit-1', 'accept');
    await outbox.flush();
    expect(await outbox.undo(id)).toBe(true);
    expect(await store.pending()).toEqual([]);
  });

  test('a step with another behind it cannot be taken back', async () => {
    const store = await storeWith(visit());
    const outbox = outboxWith({ store, send: willing(), isOnline: () => false });
    const { id } = await outbox.add('visit-1', 'accept');
    await outbox.add('visit-1', 'start_travel');
    expect(await outbox.undo(id)).toBe(false);
  });
});

describe('a step that ends a visit', () => {
  /** A phone at work on a visit, whose time passes when the test says so. */
  async function phone() {
    const store = await storeWith(visit({ status: 'in_progress' }));
    const sent: CommandBody[] = [];
    const later = new Later();
    let lateness = 0;
    const parts = { store, send: willing(sent), now: () => Date.now() + lateness };
    const outbox = outboxWith({ ...parts, later: later.set });
    const kinds = (): string[] => sent.map(({ kind }) => kind);
    const pass = (seconds: number): void => {
      lateness += seconds * 1000;
      later.pass();
    };
    return { store, outbox, other: outboxWith(parts), kinds, pass };
  }

  test('waits while it can be taken back, with the network there', async () => {
    const { store, outbox, kinds } = await phone();
    const { id } = await outbox.add('visit-1', 'complete');
    await outbox.flush();
    expect(kinds()).toEqual([]);
    expect(await outbox.undo(id)).toBe(true);
    expect(await store.pending()).toEqual([]);
  });

  test('goes out by itself once its time is over', async () => {
    const { outbox, kinds, pass } = await phone();
    await outbox.add('visit-1', 'complete');
    await outbox.flush();
    pass(7);
    await vi.waitFor(() => expect(kinds()).toEqual(['complete']));
  });

  test('goes out at once when the page is left', async () => {
    const { outbox, kinds } = await phone();
    await outbox.add('visit-1', 'decline');
    await outbox.release();
    expect(kinds()).toEqual(['decline']);
  });

  test('goes out at the next start when the page was killed', async () => {
    const { outbox, other, kinds, pass } = await phone();
    await outbox.add('visit-1', 'complete');
    outbox.stop();
    pass(60);
    await other.flush();
    expect(kinds()).toEqual(['complete']);
  });

  test('waits no longer once something is done after it, and the order is kept', async () => {
    const { outbox, kinds } = await phone();
    const { id } = await outbox.add('visit-1', 'complete');
    await outbox.add('visit-1', 'note', { note: 'Key returned' });
    expect(await outbox.undo(id)).toBe(false);
    await outbox.flush();
    expect(kinds()).toEqual(['complete', 'note']);
  });

  test('is not held for ever by a clock that was turned back', async () => {
    const { outbox, kinds, pass } = await phone();
    await outbox.add('visit-1', 'complete');
    pass(-7200);
    await outbox.flush();
    expect(kinds()).toEqual(['complete']);
  });
});

describe('what was done on one visit', () => {
  async function offlineDay(send: Send) {
    const store = await storeWith(visit());
    let isOnline = false;
    const outbox = outboxWith({ store, send, isOnline: () => isOnline });
    for (const note of ['one', 'two', 'three']) await outbox.add('visit-1', 'note', { note });
    isOnline = true;
    return { store, outbox };
  }

  test('travels together', async () => {
    const send = vi.fn<Send>(willing());
    const { store, outbox } = await offlineDay(send);
    expect(await settled(outbox, store)).toEqual([]);
    expect(send).toHaveBeenCalledTimes(1);
  });

  test.each([500, 422])('goes one by one where the server stumbles over it with %i', async (status) => {
    const told: (string | undefined)[] = [];
    const { store, outbox } = await offlineDay(async (target, commands) => {
      const notes = commands.map(({ payload }) => (payload as { note?: string }).note);
      if (notes.includes('three')) throw refused('too_much', status);
      told.push(...notes);
      return willing()(target, commands);
    });
    const left = await settled(outbox, store);
    expect(told).toEqual(['one', 'two']);
    expect(left).toMatchObject([{ payload: { note: 'three' }, state: status === 422 ? 'parked' : 'waiting' }]);
  });

  test('is kept where the server answers without judging it', async () => {
    const { store, outbox } = await offlineDay(async () => []);
    expect(await settled(outbox, store)).toHaveLength(3);
  });
});

test('a working day is told beside the visits, and neither waits for the other', async () => {
  const store = await storeWith(visit());
  const lanes: string[] = [];
  const outbox = outboxWith({
    store,
    send: async (target, commands) => {
      lanes.push(`${target.kind} ${commands.map(({ kind }) => kind)}`);
      if (target.kind === 'visit') throw refused('internal', 500);
      return commands.map(({ id }) => ({ id, outcome: 'applied', code: null, facts: {}, duty }));
    },
  });
  await outbox.add('visit-1', 'accept');
  await outbox.addDuty('technician-1', 'start_break');
  expect((await settled(outbox, store)).map(({ kind }) => kind)).toEqual(['accept']);
  expect(lanes).toContain('technician start_break');
  expect(await store.keptUnder('duty')).toEqual(duty);
});

const duty: Duty = {
  technician_id: 'technician-1', state: 'on_break', since: null, until: null, version: 3, allowed: ['end_break'],
};

describe('a photo', () => {
  const photo = { kind: 'photo', bytes: new Uint8Array([1, 2, 3]).buffer, mediaType: 'image/jpeg', takenAt: '2026-11-23T10:00:00.000Z' } as const;

  async function taken() {
    const store = await storeWith(visit());
    const sent: CommandBody[] = [];
    let isOnline = false;
    const outbox = outboxWith({ store, send: willing(sent), isOnline: () => isOnline });
    const { id } = await outbox.add('visit-1', 'note', {}, { newFiles: [await finished(photo)] });
    const files = (): Promise<unknown[]> =>
      store.read(async (reading) => [
        ...(await reading.objectStore('files').getAll()),
        ...(await reading.objectStore('bytes').getAll()),
      ]);
    return { outbox, id, sent, files, connect: () => (isOnline = true) };
  }

  test('is stored with the command that promises it, and stays once that is sent', async () => {
    const { outbox, sent, files, connect } = await taken();
    connect();
    await outbox.flush();
    // Of the bytes 1, 2 and 3.
    const sha256 = '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81';
    expect(sent[0]?.payload.files).toMatchObject([{ kind: 'photo', sha256, size: 3, media_type: 'image/jpeg' }]);
    expect(await files()).toMatchObject([{ visitId: 'visit-1', state: 'waiting', sent: 0 }, photo.bytes]);
  });

  test('taken again leaves the one that cannot be read behind', async () => {
    const { outbox, sent, files, connect } = await taken();
    const [first] = (await files()) as { readonly id: string }[];
    connect();
    await outbox.flush();
    await outbox.add('visit-1', 'note', {}, { newFiles: [await finished({ ...photo, replaces: first!.id })] });
    await outbox.flush();
    expect(sent[1]?.payload.files).toMatchObject([{ replaces: first!.id }]);
    expect(await files()).toMatchObject([{ replaces: first!.id }, photo.bytes]);
  });

  test('goes with the command when that is taken back', async () => {
    const { outbox, id, files } = await taken();
    expect(await outbox.undo(id)).toBe(true);
    expect(await files()).toEqual([]);
  });
});

test('what may have reached the server cannot be taken back', async () => {
  const store = await storeWith(visit());
  const outbox = outboxWith({ store, send: () => Promise.reject(Problem.offline()) });
  const { id } = await outbox.add('visit-1', 'accept');
  await outbox.flush();
  expect(await outbox.undo(id)).toBe(false);
  expect(await store.pending()).toHaveLength(1);
});

test('a signed-out phone pauses, keeps everything and goes on after signing in', async () => {
  const store = await storeWith(visit());
  const send = vi.fn<Send>().mockRejectedValueOnce(refused('not_signed_in', 401)).mockImplementation(willing());
  const outbox = outboxWith({ store, send, isOnline: () => true });
  const ends: string[] = [];
  outbox.onEnd((end) => ends.push(end));
  await outbox.add('visit-1', 'accept');
  await vi.waitFor(() => expect(ends).toEqual(['signed_out']));
  expect(await store.pending()).toMatchObject([{ state: 'waiting' }]);
  expect(await settled(outbox, store)).toEqual([]);
});

test.each([429, 500, 503])('an answer of %i is tried again, not held against the technician', async (status) => {
  const store = await storeWith(visit());
  const outbox = outboxWith({ store, send: () => Promise.reject(refused('busy', status)) });
  await outbox.add('visit-1', 'accept');
  expect(await settled(outbox, store)).toMatchObject([{ state: 'waiting' }]);
});

test('a server that stumbles over one visit still gets the others', async () => {
  const store = await storeWith(visit(), visit({ id: 'visit-2' }));
  const outbox = outboxWith({
    store,
    send: oneByOne(async (visitId, command) => {
      if (visitId === 'visit-1') throw refused('internal', 500);
      return appliedTo(visit({ id: visitId }), command);
    }),
  });
  await outbox.add('visit-1', 'accept');
  await outbox.add('visit-2', 'accept');
  expect((await settled(outbox, store)).map(({ target }) => target.id)).toEqual(['visit-1']);
});

describe('when the office cancelled meanwhile', () => {
  async function conflict() {
    const store = await storeWith(visit());
    const send = vi.fn<Send>(refusing('conflict', 'move_not_allowed'));
    let isOnline = false;
    const outbox = outboxWith({ store, send, isOnline: () => isOnline });
    await outbox.add('visit-1', 'accept');
    await outbox.add('visit-1', 'start_travel');
    isOnline = true;
    await outbox.flush();
    return { store, send, outbox };
  }

  test('the refused step waits for the technician and nothing behind it is sent', async () => {
    const { store, send } = await conflict();
    expect(send).toHaveBeenCalledTimes(1);
    expect(await store.pending()).toMatchObject([
      { kind: 'accept', state: 'parked', refusal: { outcome: 'conflict', code: 'move_not_allowed' } },
      { kind: 'start_travel', state: 'waiting' },
    ]);
  });

  test('the phone shows the visit as the office left it', async () => {
    const { store } = await conflict();
    expect((await store.visit('visit-1'))?.detail.visit.status).toBe('cancelled');
  });

  test('a released person is reported all the same', async () => {
    const { store, send, outbox } = await conflict();
    send.mockImplementation(willing());
    await outbox.add('visit-1', 'person_released');
    await outbox.flush();
    expect(send).toHaveBeenLastCalledWith(
      { kind: 'visit', id: 'visit-1' },
      [expect.objectContaining({ kind: 'person_released' })],
    );
    expect((await store.pending()).map(({ kind }) => kind)).toEqual(['accept', 'start_travel']);
  });

  test('discarding removes the step and those behind it', async () => {
    const { store, outbox } = await conflict();
    await outbox.discard(visitOne);
    expect(await store.pending()).toEqual([]);
  });

  test('trying again sends new commands for the visit as it is now, with the old times', async () => {
    const { store, send, outbox } = await conflict();
    const before = await store.pending();
    const sent: CommandBody[] = [];
    send.mockImplementation(willing(sent));
    await outbox.retry(visitOne);
    expect(await settled(outbox, store)).toEqual([]);
    expect(sent.map(({ kind, at, base_version }) => [kind, at, base_version])).toEqual([
      ['accept', before[0]?.at, 6],
      ['start_travel', before[1]?.at, 7],
    ]);
    expect(before.map(({ id }) => id)).not.toContain(sent[0]?.id);
  });

  test('keeping it as a note sends the words instead of the steps', async () => {
    const { store, send, outbox } = await conflict();
    const sent: CommandBody[] = [];
    send.mockImplementation(willing(sent));
    await outbox.keepAsNote('visit-1', 'Accepted 10:00');
    expect(await settled(outbox, store)).toEqual([]);
    expect(sent).toMatchObject([{ kind: 'note', payload: { note: 'Accepted 10:00' } }]);
  });
});

test('a stopped queue sends nothing more: somebody else may be signed in', async () => {
  const store = await storeWith(visit());
  const sent: CommandBody[] = [];
  let isOnline = false;
  const outbox = outboxWith({ store, send: willing(sent), isOnline: () => isOnline });
  await outbox.add('visit-1', 'accept');
  outbox.stop();
  isOnline = true;
  expect(await outbox.flush()).toBe('stopped');
  expect([sent, await store.pending()]).toMatchObject([[], [{ kind: 'accept' }]]);
});

test('a refusal by status is parked with its code and its facts', async () => {
  const store = await storeWith(visit());
  const problem = new Problem({ code: 'not_found', visit: 'visit-1' }, 404);
  const outbox = outboxWith({ store, send: () => Promise.reject(problem) });
  await outbox.add('visit-1', 'accept');
  expect(await settled(outbox, store)).toMatchObject([
    { state: 'parked', refusal: { outcome: 'rejected', code: 'not_found', facts: { visit: 'visit-1' } } },
  ]);
});

test('what one account did is not in the queue of another', async () => {
  const [one, other] = [await storeWith(visit()), await storeWith(visit())];
  const outbox = outboxWith({ store: one, send: willing(), isOnline: () => false });
  await outbox.add('visit-1', 'accept');
  expect(await other.pending()).toEqual([]);
  expect(await one.pending()).toHaveLength(1);
});

test('a phone that restarts goes on with the same device and the next number', async () => {
  const store = await storeWith(visit());
  const parts = { store, send: willing(), isOnline: () => false };
  const first = await outboxWith(parts).add('visit-1', 'accept');
  const second = await outboxWith(parts).add('visit-1', 'start_travel');
  expect([second.device, second.sequence]).toEqual([first.device, 2]);
});
