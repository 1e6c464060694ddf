// The queue of what a technician did: written down first, sent in order, never lost, never twice.
// When to try is in triggers.ts; what a visit looks like meanwhile is in project.ts.

import type { Clock } from '../api/clock.ts';
import { Problem } from '../api/problem.ts';
import {
  bodyOf,
  type CommandBody,
  type CommandKind,
  type CommandPayload,
  type CommandResult,
  type Pending,
  type Refusal,
} from './commands.ts';
import { applied, expectedVersion } from './project.ts';
import { canUndo, sendable, stuck } from './queue.ts';
import type { Store } from './store.ts';

/** Delivers one command and returns the server's judgement; no judgement is a Problem. */
export type Send = (visitId: string, command: CommandBody) => Promise<CommandResult>;

export interface OutboxParts {
  readonly store: Store;
  readonly send: Send;
  readonly clock: Pick<Clock, 'offsetSeconds'>;
  readonly locks: Pick<LockManager, 'request'>;
  /** False when the device itself knows that it is off the network. */
  readonly isOnline: () => boolean;
  readonly later: (act: () => void, milliseconds: number) => unknown;
  readonly random: () => number;
}

/** How a round of sending ended. Signed out, no timer runs: the next wake-up tries again. */
export type RoundEnd = 'done' | 'trying_again' | 'signed_out' | 'stopped';

const shortestWait = 1_000;
const longestWait = 60_000;

export class Outbox {
  #parts: OutboxParts;
  #queued: Promise<RoundEnd> | undefined;
  #wait = shortestWait;
  #timer: unknown;
  #isStopped = false;
  #endListeners = new Set<(end: RoundEnd) => void>();

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  onEnd(listen: (end: RoundEnd) => void): () => void {
    this.#endListeners.add(listen);
    return () => this.#endListeners.delete(listen);
  }

  /** Writes the command down and returns once it is safe; sending follows by itself. */
  async add(visitId: string, kind: CommandKind, payload: CommandPayload = {}): Promise<Pending> {
    const { store } = this.#parts;
    const command = await store.safely(() =>
      store.transaction('rw', store.visits, store.outbox, store.kept, () =>
        this.#write(visitId, kind, payload, new Date().toISOString()),
      ),
    );
    void this.flush();
    return command;
  }

  /** Takes back the last command, unless it may have reached the server. Says whether it could. */
  async undo(id: string): Promise<boolean> {
    const { store } = this.#parts;
    return store.safely(() =>
      store.transaction('rw', store.outbox, async () => {
        const pending = await store.pending();
        const item = pending.find((one) => one.id === id);
        const isLast = item && !pending.some((one) => one.visitId === item.visitId && one.order! > item.order!);
        if (!isLast || !canUndo(item)) return false;
        await store.outbox.delete(item.order!);
        return true;
      }),
    );
  }

  /** Gives up what the server refused for this visit, with the steps that stood behind it. */
  async discard(visitId: string): Promise<void> {
    await this.#settle(visitId, async () => undefined);
  }

  /** Tries the refused steps again, on the visit as it is now. */
  async retry(visitId: string): Promise<void> {
    await this.#settle(visitId, async (items) => {
      // The server remembers its judgement of an id, so a new attempt is a new command.
      for (const item of items) await this.#write(visitId, item.kind, item.payload, item.at);
    });
  }

  /** Gives up the refused steps but keeps what was done, as a note on the visit. */
  async keepAsNote(visitId: string, text: string): Promise<void> {
    await this.#settle(visitId, async () => {
      await this.#write(visitId, 'note', { note: text }, new Date().toISOString());
    });
  }

  /**
   * Sends what can be sent, in order. Safe to call at any time from any tab or worker: calls wait
   * for each other, and a call that comes while one waits is the same call.
   */
  async flush(): Promise<RoundEnd> {
    if (this.#isStopped) return 'stopped';
    // In a turn of its own: a lock that is free may be granted before this is remembered.
    this.#queued ??= Promise.resolve().then(() => this.#flush());
    return this.#queued;
  }

  /** Nothing is sent from here on: somebody else may be signed in by now. */
  stop(): void {
    this.#isStopped = true;
  }

  async #flush(): Promise<RoundEnd> {
    const { locks, store } = this.#parts;
    // Waiting for the lock, rather than giving up when it is taken, is what makes a wake-up
    // during somebody else's failing round count.
    const end = await locks.request(`palier-outbox-${store.account}`, () => {
      this.#queued = undefined;
      return this.#round();
    });
    this.#plan(end);
    for (const listen of this.#endListeners) listen(end);
    return end;
  }

  async #round(): Promise<RoundEnd> {
    const troubled = new Set<string>();
    for (;;) {
      const next = sendable(await this.#parts.store.pending(), troubled);
      if (this.#isStopped) return 'stopped';
      if (next === undefined) return troubled.size > 0 ? 'trying_again' : 'done';
      if (!this.#parts.isOnline()) return 'trying_again';
      const problem = await this.#deliver(next);
      if (problem === undefined) continue;
      if (problem.isSignedOut) return 'signed_out';
      // A server that stumbles over one visit may still take the others; a silent one takes none.
      if (problem.status < 500) return 'trying_again';
      troubled.add(next.visitId);
    }
  }

  /** Sends one and stores the judgement; returns the problem when there was none. */
  async #deliver(item: Pending): Promise<Problem | undefined> {
    const { store, send } = this.#parts;
    const claimed = await store.safely(() => store.outbox.update(item.order!, { tries: item.tries + 1 }));
    if (claimed === 0) return undefined;
    try {
      await this.#judge(item, await send(item.visitId, bodyOf(item)));
      return undefined;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.isTransient || error.isSignedOut) return error;
      await this.#park(item, { outcome: 'rejected', code: error.code, facts: error.facts });
      return undefined;
    }
  }

  async #judge(item: Pending, result: CommandResult): Promise<void> {
    const { store } = this.#parts;
    const isDone = result.outcome === 'applied' || result.outcome === 'duplicate';
    await store.safely(() =>
      store.transaction('rw', store.visits, store.outbox, async () => {
        const known = await store.visits.get(item.visitId);
        if (known && result.visit.version >= known.detail.visit.version) {
          // The answer tells of the visit alone; its clocks and facts follow with the next sync.
          const shown = isDone ? applied(known.detail, item) : known.detail;
          await store.visits.update(item.visitId, { detail: { ...shown, visit: result.visit } });
        }
        if (isDone) await store.outbox.delete(item.order!);
        else await store.outbox.update(item.order!, { state: 'parked', refusal: refusalOf(result) });
      }),
    );
  }

  async #park(item: Pending, refusal: Refusal): Promise<void> {
    const { store } = this.#parts;
    await store.safely(() => store.outbox.update(item.order!, { state: 'parked', refusal }));
  }

  /** Removes the parked steps and what stands behind them, after doing something with them. */
  async #settle(visitId: string, act: (items: Pending[]) => Promise<void>): Promise<void> {
    const { store } = this.#parts;
    await store.safely(() =>
      store.transaction('rw', store.visits, store.outbox, store.kept, async () => {
        const own = (await store.pending()).filter((item) => item.visitId === visitId);
        const items = stuck(own);
        await store.outbox.bulkDelete(items.map(({ order }) => order!));
        await act(items);
        await store.dropGone();
      }),
    );
    void this.flush();
  }

  async #write(visitId: string, kind: CommandKind, payload: CommandPayload, at: string): Promise<Pending> {
    const { store, clock } = this.#parts;
    const visit = await store.visits.get(visitId);
    if (!visit) throw new Error(`visit ${visitId} is not on this device`);
    const sequence = ((await store.keptUnder('sequence')) ?? 0) + 1;
    const device = (await store.keptUnder('device')) ?? crypto.randomUUID();
    await store.keep('sequence', sequence);
    await store.keep('device', device);
    const command: Pending = {
      id: crypto.randomUUID(),
      visitId,
      kind,
      payload,
      at,
      clockOffsetSeconds: clock.offsetSeconds,
      baseVersion: expectedVersion(visit.detail, await store.pending()),
      device,
      sequence,
      state: 'waiting',
      tries: 0,
      refusal: null,
    };
    return { ...command, order: await store.outbox.add(command) };
  }

  /** The timer is one wake-up of several, and the one that needs no event at all. */
  #plan(end: RoundEnd): void {
    if (end === 'done') this.#wait = shortestWait;
    if (end !== 'trying_again') return;
    const mark = {};
    this.#timer = mark;
    const act = (): void => {
      if (this.#timer === mark) void this.flush();
    };
    this.#parts.later(act, this.#wait * (0.5 + this.#parts.random()));
    this.#wait = Math.min(this.#wait * 2, longestWait);
  }
}

function refusalOf(result: CommandResult): Refusal {
  return {
    outcome: result.outcome === 'conflict' ? 'conflict' : 'rejected',
    code: result.code ?? 'unknown',
    facts: result.facts,
  };
}
