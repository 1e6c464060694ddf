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
  type DutyKind,
  type DutyPayload,
  type Pending,
  type Target,
} from './commands.ts';
import { judge, park } from './judging.ts';
import { heldFor, holdOf, laneOf, sendable } from './queue.ts';
import { Retry } from './retry.ts';
import { claim, type Instead, release, settle, takeBack } from './settling.ts';
import type { Store } from './store.ts';
import { type NewFile, type Wish, writeDown } from './writing.ts';

/** Delivers commands to one target and returns the server's judgements; none is a Problem. */
export type Send = (target: Target, commands: readonly CommandBody[]) => Promise<readonly CommandResult[]>;

export interface OutboxParts {
  readonly store: Store;
  readonly send: Send;
  readonly clock: Pick<Clock, 'offsetSeconds'>;
  /** Measures the offset where it is in doubt, and never takes long. */
  readonly settleClock: () => Promise<void>;
  readonly locks: Pick<LockManager, 'request'>;
  /** False when the device itself knows that it is off the network. */
  readonly isOnline: () => boolean;
  /** This device's own time. */
  readonly now: () => number;
  readonly later: (act: () => void, milliseconds: number) => unknown;
  readonly random: () => number;
}

/** How a round of sending ended. Signed out, no timer runs: the next wake-up tries again. */
export type RoundEnd = 'done' | 'trying_again' | 'signed_out' | 'stopped';

const shortestWait = 1_000;

export class Outbox {
  #parts: OutboxParts;
  #queued: Promise<RoundEnd> | undefined;
  #retry: Retry;
  #isStopped = false;
  #endListeners = new Set<(end: RoundEnd) => void>();

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#retry = new Retry(parts, shortestWait, () => this.flush());
  }

  onEnd(listen: (end: RoundEnd) => void): () => void {
    this.#endListeners.add(listen);
    return () => this.#endListeners.delete(listen);
  }

  /** Writes the command down and returns once it is safe; sending follows by itself. */
  async add(
    visitId: string,
    kind: CommandKind,
    payload: CommandPayload = {},
    { holdSeconds = holdOf(kind), newFiles = [] }: { holdSeconds?: number; newFiles?: readonly NewFile[] } = {},
  ): Promise<Pending> {
    return this.#add({ target: { kind: 'visit', id: visitId }, kind, payload, holdSeconds, newFiles });
  }

  /** The same for the technician's own working day. */
  async addDuty(technicianId: string, kind: DutyKind, payload: DutyPayload = {}): Promise<Pending> {
    return this.#add({ target: { kind: 'technician', id: technicianId }, kind, payload });
  }

  /** Takes back the last command, unless it may have reached the server. Says whether it could. */
  async undo(id: string): Promise<boolean> {
    return this.#parts.store.write((writing) => takeBack(writing, id));
  }

  /** Sends what is still held back: nobody is there any more to take it back. */
  async release(): Promise<RoundEnd> {
    await this.#parts.store.write(release);
    return this.flush();
  }

  /** Gives up what the server refused for this target, with the steps that stood behind it. */
  async discard(target: Target): Promise<void> {
    await this.#settle(target, () => []);
  }

  /** Tries the refused steps again, on the visit as it is now. */
  async retry(target: Target): Promise<void> {
    // The server remembers its judgement of an id, so a new attempt is a new command.
    await this.#settle(target, (items) =>
      items.map(({ kind, payload, at, files }) => ({ target, kind, payload, at, files })),
    );
  }

  /** Gives up the refused steps but keeps what was done, as a note on the visit. */
  async keepAsNote(visitId: string, text: string): Promise<void> {
    const target = { kind: 'visit', id: visitId } as const;
    const at = this.#now();
    await this.#settle(target, (items) => [
      { target, kind: 'note', payload: { note: text }, at, files: items.flatMap(({ files }) => files) },
    ]);
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

  async #add(wish: Omit<Wish, 'at'>): Promise<Pending> {
    const { store, clock, settleClock } = this.#parts;
    const at = this.#now();
    await settleClock();
    const command = await store.write((writing) => writeDown(writing, { ...wish, at }, clock));
    void this.flush();
    return command;
  }

  async #flush(): Promise<RoundEnd> {
    const { locks, store } = this.#parts;
    // Waiting for the lock, rather than giving up when it is taken, is what makes a wake-up
    // during somebody else's failing round count.
    const end = await locks.request(`palier-outbox-${store.account}`, () => {
      this.#queued = undefined;
      return this.#round();
    });
    if (end === 'done') await this.#planRelease();
    this.#retry.plan(end);
    for (const listen of this.#endListeners) listen(end);
    return end;
  }

  async #round(): Promise<RoundEnd> {
    const { store, now, isOnline } = this.#parts;
    const troubled = new Set<string>();
    const single = new Set<string>();
    for (;;) {
      const batch = sendable(await store.pending(), { now: now(), troubled, single });
      if (this.#isStopped) return 'stopped';
      if (batch[0] === undefined) return troubled.size > 0 ? 'trying_again' : 'done';
      if (!isOnline()) return 'trying_again';
      const problem = await this.#deliver(batch);
      if (problem === undefined) continue;
      const lane = laneOf(batch[0].target);
      if (problem.isSignedOut) return 'signed_out';
      // One of them is too much for the server: only alone does it show which.
      if (batch.length > 1 && (problem.status === 500 || !problem.isTransient)) single.add(lane);
      else if (!problem.isTransient) await this.#park(batch[0], problem);
      // A server that stumbles over one visit may still take the others; a silent one takes none.
      else if (problem.status < 500) return 'trying_again';
      else troubled.add(lane);
    }
  }

  /** Sends them and stores the judgements; returns the problem when there were none. */
  async #deliver(batch: readonly Pending[]): Promise<Problem | undefined> {
    const { store, send } = this.#parts;
    const claimed = await store.write((writing) => claim(writing, batch));
    if (claimed.length === 0) return undefined;
    try {
      const sent_at = this.#now();
      const results = await send(claimed[0]!.target, claimed.map((item) => ({ ...bodyOf(item), sent_at })));
      const isWhole = await store.write((writing) => judge(writing, claimed, results));
      return isWhole ? undefined : new Problem({ code: 'internal' }, 500);
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
  }

  async #park(item: Pending, { code, facts }: Problem): Promise<void> {
    await this.#parts.store.write((writing) => park(writing, item, { outcome: 'rejected', code, facts }));
  }

  async #settle(target: Target, instead: Instead): Promise<void> {
    const { store, clock } = this.#parts;
    await store.write((writing) => settle(writing, target, instead, clock));
    void this.flush();
  }

  #now(): string {
    return new Date(this.#parts.now()).toISOString();
  }

  /** A held step goes out when its time is over. */
  async #planRelease(): Promise<void> {
    const { store, now, later } = this.#parts;
    const wait = heldFor(await store.pending(), now());
    if (wait !== undefined) later(() => void this.flush(), wait);
  }
}
