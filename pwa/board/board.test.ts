import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../lib/api/problem.ts';
import { DayBoard } from './board.svelte.ts';
import { board, boardChanges, boardVisit, intervention, technician } from './testing/makers.ts';
import { promised, refusal, twin } from './testing/twin.ts';
import type { Board, Region } from './wire.ts';

const region = (id: string) => ({ id, code: id, name: id, zone: 'Europe/Andorra' }) as Region;
const now = () => 1000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a board', () => {
  it('opens the region of the address, or the first one', async () => {
    const server = twin({
      regions: async () => [region('valls'), region('altes')],
      board: async () => board(),
    });
    await new DayBoard(server, now).start('altes', null);
    await new DayBoard(server, now).start('gone', '2026-11-24');
    expect(server.asked.filter((one) => one.call === 'board').map((one) => one.given)).toEqual([
      ['altes', null, 1, null],
      ['gone', '2026-11-24', 1, null],
      ['valls', '2026-11-24', 1, null],
    ]);
  });

  it('reads once for a burst of changes', async () => {
    const unchanged = async () => boardChanges({ is_whole: false });
    const server = twin({ board: async () => board(), boardChanges: unchanged });
    const state = new DayBoard(server, now);
    await state.open('valls', null);
    state.changed();
    await vi.advanceTimersByTimeAsync(59);
    state.changed();
    expect(server.asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(server.asked).toHaveLength(2);
  });

  it('keeps reading while changes never pause', async () => {
    const unchanged = async () => boardChanges({ is_whole: false });
    const server = twin({ board: async () => board(), boardChanges: unchanged });
    const state = new DayBoard(server, now);
    await state.open('valls', null);
    for (let at = 0; at < 600; at += 20) {
      state.changed();
      await vi.advanceTimersByTimeAsync(20);
    }
    expect(server.asked.length).toBeGreaterThan(8);
  });

  it('reads again when something changed during a read', async () => {
    const first = promised<Board>();
    const answers = [first.answer, Promise.resolve(board({ cursor: 9 }))];
    const server = twin({
      board: () => answers.shift() as Promise<Board>,
      boardChanges: async () => boardChanges(),
    });
    const state = new DayBoard(server, now);
    const opened = state.open('valls', null);
    const asked = state.refresh();
    first.give(board({ cursor: 8 }));
    await Promise.all([opened, asked]);
    expect(state.board?.cursor).toBe(9);
  });

  it('keeps what is on screen when the network goes, and says so', async () => {
    const answers = [async () => board(), () => Promise.reject(Problem.offline())];
    const server = twin({
      board: () => (answers.shift() ?? answers[0]!)(),
      boardChanges: async () => boardChanges(),
    });
    const state = new DayBoard(server, now);
    await state.open('valls', null);
    await state.refresh();
    expect(state.face).toBe('ready');
    expect(state.failure?.isOffline).toBe(true);
    expect(state.readAt).toBe(1000);
  });

  it('shows the offline face when it never had anything', async () => {
    const state = new DayBoard(twin({ regions: () => Promise.reject(Problem.offline()) }), now);
    await state.start(null, null);
    expect(state.face).toBe('offline');
  });

  it('shows the failed face when the server refuses', async () => {
    const state = new DayBoard(twin({ board: () => Promise.reject(refusal('not_found', 404)) }), now);
    await state.open('nowhere', null);
    expect(state.face).toBe('failed');
    expect(state.failure?.code).toBe('not_found');
  });

  it('drops the answer of a region the dispatcher has left', async () => {
    const slow = promised<Board>();
    const answers = [slow.answer, Promise.resolve(board({ region_id: 'altes' }))];
    const state = new DayBoard(twin({ board: () => answers.shift() as Promise<Board> }), now);
    const left = state.open('valls', null);
    const here = state.open('altes', null);
    slow.give(board({ region_id: 'valls' }));
    await Promise.all([left, here]);
    expect(state.board?.region_id).toBe('altes');
  });

  it('follows what happened without being read again whole', async () => {
    const row = technician('ines', [boardVisit('one')]);
    const other = technician('tom');
    const server = twin({
      board: async () => board({ technicians: [row, other], queue: [intervention('two')] }),
      boardChanges: async () =>
        boardChanges({
          is_whole: false,
          interventions: ['two'],
          technicians: [technician('ines', [boardVisit('one'), boardVisit('two')])],
        }),
    });
    const state = new DayBoard(server, now);
    await state.open('valls', null);
    await state.refresh();
    expect(server.asked.map((one) => one.call)).toEqual(['board', 'boardChanges']);
    expect(state.visit('two')?.number).toBe('I-two');
    expect(state.queue).toEqual([]);
    expect(state.technicians[1]).toBe(other);
  });

  it('is read whole again after a while, for what only time changes', async () => {
    let instant = 1000;
    const server = twin({
      board: async () => board(),
      boardChanges: async () => boardChanges({ is_whole: false }),
    });
    const state = new DayBoard(server, () => instant);
    await state.open('valls', null);
    instant += 301_000;
    await state.refresh();
    expect(server.asked.map((one) => one.call)).toEqual(['board', 'board']);
  });

  it('finds a visit and whose it is', async () => {
    const row = technician('ines', [boardVisit('one')]);
    const day = board({ technicians: [row], queue: [intervention('two')] });
    const state = new DayBoard(twin({ board: async () => day }), now);
    await state.open('valls', null);
    expect(state.visit('one')?.number).toBe('I-one');
    expect(state.technicianOf('one')?.id).toBe('ines');
    expect(state.visit('gone')).toBeNull();
  });
});
