// What happens when a technician presses something on a visit: done at once, or asked about first.

import type { FileDraft } from '../lib/offline/attaching.ts';
import { type Answer, type ChecklistAnswer, openItems } from '../lib/offline/checklist.ts';
import type { CommandKind, CommandPayload, VisitDetail } from '../lib/offline/commands.ts';
import { type Asking, asksReason, asksRunning, needsEvidence, needsWords } from './choices.ts';
import { Completion } from './completion.svelte.ts';
import type { DraftShelf } from './drafts.svelte.ts';
import { FollowUp } from './follow_up/follow_up.svelte.ts';
import { PartLines } from './parts/part_lines.svelte.ts';
import { Goodwill } from './spending/goodwill.svelte.ts';

export type WordsKind = 'note' | 'complete_partially';

/** The one question on screen. */
export type Question =
  | { readonly ask: 'choices' }
  | { readonly ask: 'reason'; readonly kind: Asking }
  /** A reason was chosen that needs words. */
  | { readonly ask: 'why'; readonly kind: Asking; readonly reason: string }
  | { readonly ask: 'words'; readonly kind: WordsKind }
  | { readonly ask: 'late' | 'parts' | 'goodwill' | 'follow_up' }
  /** `items` of the checklist were open when the question was asked. */
  | { readonly ask: 'completion'; readonly items: readonly string[] };

/** Words being written; kept under their name until they are sent. */
export class Draft {
  #text = $state('');
  #shelf: DraftShelf;
  #name: string;

  constructor(shelf: DraftShelf, name: string) {
    this.#shelf = shelf;
    this.#name = name;
  }

  async open(): Promise<void> {
    this.#text = (await this.#shelf.draft<string>(this.#name)) ?? '';
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    void this.#shelf.keepDraft(this.#name, text);
  }

  async forget(): Promise<void> {
    this.#text = '';
    await this.#shelf.forgetDraft(this.#name);
  }
}

export interface Recorder extends DraftShelf {
  countParts(codes: readonly string[]): Promise<void>;
  record(visitId: string, kind: CommandKind, payload?: CommandPayload): Promise<boolean>;
  attach(visitId: string, draft: FileDraft): Promise<boolean>;
  /** Whether parts and goodwill stay within what the technician may decide without the office. */
  maySpend(visitId: string, adding: CommandPayload): Promise<boolean>;
  /** The checklist with everything in it that this phone has written down by now. */
  checklist(visitId: string): Promise<readonly ChecklistAnswer[]>;
}

export class Desk {
  readonly visitId: string;
  readonly completion: Completion;
  readonly parts: PartLines;
  readonly goodwill: Goodwill;
  readonly followUp: FollowUp;
  #recorder: Recorder;
  #question = $state.raw<Question>();
  #isBusy = $state(false);
  #words = $state.raw<Draft>();
  /** Answers and files on their way to the storage. */
  #beingKept = new Set<Promise<boolean>>();

  constructor(recorder: Recorder, visitId: string) {
    this.#recorder = recorder;
    this.visitId = visitId;
    this.completion = new Completion(recorder, visitId);
    this.parts = new PartLines(recorder, `parts:${visitId}`);
    this.goodwill = new Goodwill(recorder, visitId);
    this.followUp = new FollowUp(recorder, visitId);
  }

  get question(): Question | undefined {
    return this.#question;
  }

  /** The words being written, once they have been asked for. */
  get words(): Draft | undefined {
    return this.#words;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  openChoices(): void {
    this.#question = { ask: 'choices' };
  }

  close(): void {
    this.#question = undefined;
  }

  async press(kind: CommandKind, detail: VisitDetail): Promise<void> {
    if (kind === 'complete') {
      await this.completion.open({ asksRunning: asksRunning(detail) });
      this.#question = { ask: 'completion', items: openItems(detail.checklist).map(({ key }) => key) };
    } else if (kind === 'note' || kind === 'complete_partially') {
      await this.#openWords(kind);
      this.#question = { ask: 'words', kind };
    } else if (kind === 'order_follow_up') {
      await this.followUp.open();
      this.#question = { ask: 'follow_up' };
    } else if (kind === 'running_late') this.#question = { ask: 'late' };
    else if (asksReason(kind)) this.#question = { ask: 'reason', kind };
    else await this.#record(kind);
  }

  /** One tap on a reason is enough, unless it needs words. */
  async chooseReason(kind: Asking, reason: string): Promise<void> {
    if (!needsWords(kind, reason)) return this.answerReason(kind, reason, '');
    await this.#openWords(`${kind}.${reason}`);
    this.#question = { ask: 'why', kind, reason };
  }

  /**
   * `other` is said in the technician's own words; they travel as the reason itself. Where a clock
   * stops, the words say how we know.
   */
  async answerReason(kind: Asking, reason: string, words: string): Promise<void> {
    const own = words.trim();
    if (needsWords(kind, reason) && own === '') return;
    const isOther = reason === 'other';
    const payload = needsEvidence(kind, reason)
      ? { reason, evidence: own }
      : { reason: isOther ? own.slice(0, 200) : reason, ...(isOther ? { note: own } : {}) };
    if (await this.#record(kind, payload)) await this.#words?.forget();
  }

  async answerWords(kind: WordsKind, words: string): Promise<void> {
    const own = words.trim();
    if (await this.#record(kind, kind === 'note' ? { note: own } : { remaining: own })) await this.#words?.forget();
  }

  /** Answers an item of the checklist; several may be answered while the first is being stored. */
  async answer(answer: Answer): Promise<boolean> {
    return this.#keeping(this.#recorder.record(this.visitId, 'note', { answers: [answer] }));
  }

  async openParts(): Promise<void> {
    await this.parts.open();
    this.#question = { ask: 'parts' };
  }

  async openGoodwill(): Promise<void> {
    await this.goodwill.open();
    this.#question = { ask: 'goodwill' };
  }

  async answerLate(minutes: number): Promise<void> {
    await this.#record('running_late', { minutes });
  }

  /** Parts only add something: they travel as a note does, whatever became of the visit. */
  async finishParts(): Promise<void> {
    const parts = this.parts.finish();
    if (!parts || !(await this.#spend({ parts }))) return;
    await Promise.all([this.parts.forget(), this.#recorder.countParts(parts.map(({ part }) => part))]);
  }

  /** So does what was promised the customer. */
  async finishGoodwill(): Promise<void> {
    const goodwill = this.goodwill.finish();
    if (goodwill && (await this.#spend({ goodwill }))) await this.goodwill.forget();
  }

  async finishFollowUp(): Promise<void> {
    const follow_up = this.followUp.finish();
    if (follow_up && (await this.#record('order_follow_up', { follow_up }))) await this.followUp.forget();
  }

  /** Keeps a photo or a signature; several may be taken while the first is being stored. */
  async attach(draft: FileDraft): Promise<boolean> {
    return this.#keeping(this.#recorder.attach(this.visitId, draft));
  }

  /** Completes the visit, once the form and the checklist are; the last tick may still be on its way. */
  async finish(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    let open;
    try {
      await Promise.all(this.#beingKept);
      open = openItems(await this.#recorder.checklist(this.visitId));
    } finally {
      this.#isBusy = false;
    }
    const payload = this.completion.finish();
    if (!payload || open.length > 0) return;
    if (await this.#record('complete', payload)) await this.completion.forget();
  }

  /** The sheet says how much it is, and whom to ask, where it is too much. */
  async #spend(adding: CommandPayload): Promise<boolean> {
    return (await this.#recorder.maySpend(this.visitId, adding)) && (await this.#record('note', adding));
  }

  async #keeping(kept: Promise<boolean>): Promise<boolean> {
    this.#beingKept.add(kept);
    try {
      return await kept;
    } finally {
      this.#beingKept.delete(kept);
    }
  }

  async #openWords(name: string): Promise<void> {
    const words = new Draft(this.#recorder, `${name}:${this.visitId}`);
    await words.open();
    this.#words = words;
  }

  async #record(kind: CommandKind, payload: CommandPayload = {}): Promise<boolean> {
    if (this.#isBusy) return false;
    this.#isBusy = true;
    try {
      const isDone = await this.#recorder.record(this.visitId, kind, payload);
      if (isDone) this.#question = undefined;
      return isDone;
    } finally {
      this.#isBusy = false;
    }
  }
}
