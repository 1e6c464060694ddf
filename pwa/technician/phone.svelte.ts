// The technician's phone: one account's storage, queue and sync, and what may be done with them.
// What is known is in notebook.svelte.ts; who is signed in is in lib/api.

import { Problem } from '../lib/api/index.ts';
import { type FileDraft, finished } from '../lib/offline/attaching.ts';
import { clearBadge, showBadge } from '../lib/offline/badge.ts';
import type { ChecklistAnswer } from '../lib/offline/checklist.ts';
import type { CommandKind, CommandPayload, DutyKind, DutyPayload, Pending, Target } from '../lib/offline/commands.ts';
import { drop } from '../lib/offline/files/files.ts';
import type { Uploader } from '../lib/offline/files/uploader.ts';
import type { Outbox, RoundEnd } from '../lib/offline/outbox.ts';
import type { Pull } from '../lib/offline/pull.ts';
import { canUndo } from '../lib/offline/queue.ts';
import { StorageFailure, type Store, type StoredFile } from '../lib/offline/store.ts';
import { byHand } from './location/arriving.ts';
import type { Watch } from './location/watch.svelte.ts';
import { Notebook } from './notebook.svelte.ts';
import { withUse } from './parts/uses.ts';
import { costOf, isAbove } from './spending/spending.ts';

export interface PhoneParts {
  readonly store: Store;
  readonly outbox: Outbox;
  readonly pull: Pick<Pull, 'run'>;
  readonly uploader: Pick<Uploader, 'flush' | 'stop'>;
  /** Asks the server who is signed in; true when a round of sending is worth another try. */
  readonly renewSession: () => Promise<boolean>;
  readonly askBackgroundSync: () => Promise<void>;
  readonly isOnline: () => boolean;
  readonly watch: Watch;
}

export class Phone {
  readonly notebook: Notebook;
  #parts: PhoneParts;
  #isOffline = $state(false);
  #problem = $state.raw<Problem>();
  #storageFailure = $state.raw<StorageFailure>();
  /** A step that was not kept: said until one is, whatever else can be read or written meanwhile. */
  #lost = $state.raw<StorageFailure>();
  #last = $state.raw<Pending>();

  constructor(parts: PhoneParts) {
    this.#parts = parts;
    this.notebook = new Notebook(parts.store);
    parts.outbox.onEnd((end) => void this.#afterRound(end));
  }

  /** Where this phone is, while that may be known. */
  get watch(): Watch {
    return this.#parts.watch;
  }

  get account(): string {
    return this.#parts.store.account;
  }

  /** By which name the server knows this phone. */
  async device(): Promise<string> {
    return this.#parts.store.device();
  }

  get isOffline(): boolean {
    return this.#isOffline;
  }

  /** Why the last sync brought nothing; undefined when it did, or when merely offline. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Something was not stored: it must be said loudly, or work would be lost. */
  get storageFailure(): StorageFailure | undefined {
    return this.#lost ?? this.#storageFailure;
  }

  /** The last step, while it can still be taken back: it is held for that, or there is no network. */
  get undoable(): Pending | undefined {
    const last = this.notebook.unsent.find(({ id }) => id === this.#last?.id);
    if (!last || !canUndo(last)) return undefined;
    return last.heldUntil !== null || this.#isOffline ? last : undefined;
  }

  /** Photos and signatures of a visit that are still on this phone, and only here. */
  filesOf(visitId: string): readonly StoredFile[] {
    return this.notebook.filesOf(visitId);
  }

  /** Sends and fetches what there is. Called on every occasion; see triggers.ts. */
  async wake(): Promise<void> {
    this.#isOffline = !this.#parts.isOnline();
    await this.#guarded(async () => {
      await Promise.all([this.notebook.refresh(), this.#parts.outbox.flush(), this.watch.flush()]);
    });
  }

  /** Nobody looks any more: what could still be taken back is sent. */
  async release(): Promise<void> {
    await this.#guarded(() => this.#parts.outbox.release());
  }

  /** Writes down what the technician did; false when even that failed. */
  async record(
    visitId: string,
    kind: CommandKind,
    payload: CommandPayload = {},
    hold: { readonly holdSeconds?: number } = {},
  ): Promise<boolean> {
    const position = kind === 'arrive' ? byHand(this.notebook.visit(visitId), this.watch.place) : undefined;
    const told = position ? { position, ...payload } : payload;
    return this.#record(() => this.#parts.outbox.add(visitId, kind, told, hold));
  }

  /** Writes down what the technician said of the own working day. */
  async recordDuty(kind: DutyKind, payload: DutyPayload = {}): Promise<boolean> {
    const { store, outbox } = this.#parts;
    return this.#record(async () => {
      const technicianId = await store.keptUnder('technicianId');
      return technicianId === undefined ? undefined : outbox.addDuty(technicianId, kind, payload);
    });
  }

  /** Keeps a photo or a signature and promises it to the office; false when even that failed. */
  async attach(visitId: string, draft: FileDraft): Promise<boolean> {
    const newFiles = [await finished(draft)];
    return this.#record(() => this.#parts.outbox.add(visitId, 'note', {}, { newFiles }));
  }

  async maySpend(visitId: string, adding: CommandPayload): Promise<boolean> {
    await this.notebook.refresh();
    const visit = this.notebook.visit(visitId);
    return visit === undefined || !isAbove(this.notebook.spendingOf(visit), costOf(adding, this.notebook.parts));
  }

  async checklist(visitId: string): Promise<readonly ChecklistAnswer[]> {
    await this.notebook.refresh();
    return this.notebook.visit(visitId)?.detail.checklist ?? [];
  }

  /** The picture itself, while it is still here. */
  async bytesOf(fileId: string): Promise<ArrayBuffer | undefined> {
    return this.#guarded(() => this.#parts.store.read((reading) => reading.objectStore('bytes').get(fileId)));
  }

  /** Gives up a file that the server cannot take, and tells the office why. */
  async dropFile(visitId: string, fileId: string, reason: string): Promise<boolean> {
    const { store, outbox } = this.#parts;
    const isTold = await this.#record(() => outbox.add(visitId, 'note', { dropped_files: [{ id: fileId, reason }] }));
    if (isTold) await this.#guarded(() => store.write((writing) => drop(writing, fileId)));
    return isTold;
  }

  /** It was read that these visits are somebody else's now. */
  async seenLeft(visitIds: readonly string[]): Promise<void> {
    const { store } = this.#parts;
    await this.#guarded(() => store.keep('left', this.notebook.left.filter(({ id }) => !visitIds.includes(id))));
  }

  /** What was used is found first the next time. */
  async countParts(codes: readonly string[]): Promise<void> {
    const { store } = this.#parts;
    await this.#guarded(() => store.keep('partUses', withUse(this.notebook.partUses, codes)));
  }

  async undo(): Promise<void> {
    const last = this.undoable;
    if (last) await this.#guarded(() => this.#parts.outbox.undo(last.id));
  }

  async discard(visitId: string): Promise<void> {
    await this.#guarded(() => this.#parts.outbox.discard({ kind: 'visit', id: visitId }));
  }

  async retry(visitId: string): Promise<void> {
    await this.#guarded(() => this.#parts.outbox.retry({ kind: 'visit', id: visitId }));
  }

  /** Gives up what was said of the own working day and not accepted, or says it once more. */
  async discardDuty(): Promise<void> {
    await this.#ofOwnDay((target) => this.#parts.outbox.discard(target));
  }

  async retryDuty(): Promise<void> {
    await this.#ofOwnDay((target) => this.#parts.outbox.retry(target));
  }

  async keepAsNote(visitId: string, text: string): Promise<void> {
    await this.#guarded(() => this.#parts.outbox.keepAsNote(visitId, text));
  }

  /** Everything unsent as one file that the office can read in. */
  async rescue(): Promise<Blob> {
    const { rescue } = await import('../lib/offline/rescue.ts');
    const saved = await rescue(this.#parts.store, this.notebook.unsent);
    return new Blob([JSON.stringify(saved, null, 1)], { type: 'application/json' });
  }

  /** A form's draft, kept until it is sent or given up; it survives the page being killed. */
  async draft<T>(name: string): Promise<T | undefined> {
    const { store } = this.#parts;
    return (await this.#guarded(() => store.keptUnder(`draft:${name}`))) as T | undefined;
  }

  async keepDraft(name: string, draft: unknown): Promise<void> {
    const { store } = this.#parts;
    await this.#guarded(() => store.keep(`draft:${name}`, draft));
  }

  async forgetDraft(name: string): Promise<void> {
    const { store } = this.#parts;
    await this.#guarded(() => store.forget(`draft:${name}`));
  }

  /** Lets go of the storage. It is deleted only when nothing in it is unsent. */
  async close({ deleting = false } = {}): Promise<void> {
    this.notebook.close();
    const { store, outbox, uploader, watch } = this.#parts;
    outbox.stop();
    uploader.stop();
    watch.stop();
    if (!deleting) return store.close();
    await clearBadge();
    await store.deleteSent();
  }

  async #ofOwnDay(act: (target: Target) => Promise<void>): Promise<void> {
    await this.#guarded(async () => {
      const id = await this.#parts.store.keptUnder('technicianId');
      if (id !== undefined) await act({ kind: 'technician', id });
    });
  }

  async #record(write: () => Promise<Pending | undefined>): Promise<boolean> {
    const command = await this.#guarded(write, (failure) => (this.#lost = failure));
    if (!command) return false;
    this.#last = command;
    void this.#parts.askBackgroundSync();
    return true;
  }

  async #afterRound(end: RoundEnd): Promise<void> {
    if (end === 'stopped') return;
    if (end === 'signed_out') {
      if (await this.#parts.renewSession()) await this.wake();
      return;
    }
    const problem = await this.#guarded(() => this.#parts.pull.run());
    this.#isOffline = !this.#parts.isOnline() || (problem?.isOffline ?? false);
    this.#problem = problem?.isOffline ? undefined : problem;
    await this.#guarded(() => showBadge(this.#parts.store));
    await this.#upload();
  }

  /** Files go after what promises them. What arrived is then told like everything else. */
  async #upload(): Promise<void> {
    const before = this.notebook.files.length;
    const end = await this.#guarded(() => this.#parts.uploader.flush());
    if (end === 'signed_out') {
      if (await this.#parts.renewSession()) await this.wake();
      return;
    }
    await this.#guarded(() => this.notebook.refresh());
    if (this.notebook.files.length < before) await this.#guarded(() => this.#parts.pull.run());
  }

  async #guarded<T>(
    act: () => Promise<T>,
    tell: (failure?: StorageFailure) => void = (failure) => (this.#storageFailure = failure),
  ): Promise<T | undefined> {
    try {
      const result = await act();
      tell(undefined);
      return result;
    } catch (error) {
      if (!(error instanceof StorageFailure)) throw error;
      tell(error);
      return undefined;
    }
  }
}
