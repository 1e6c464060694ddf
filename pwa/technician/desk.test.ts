import { expect, test } from 'vitest';
import type { FileDraft } from '../lib/offline/attaching.ts';
import type { CommandKind, CommandPayload } from '../lib/offline/commands.ts';
import type { ChecklistAnswer } from '../lib/offline/checklist.ts';
import { item, visit } from '../lib/offline/testing/makers.ts';
import { Desk, type Recorder } from './desk.svelte.ts';
import { Drawer } from './testing/drawer.ts';

class Notes extends Drawer implements Recorder {
  readonly counted: string[] = [];
  readonly recorded: [CommandKind, CommandPayload | undefined][] = [];
  readonly attached: [string, FileDraft['kind'], string | undefined][] = [];
  isFull = false;
  isAbove = false;
  items: readonly ChecklistAnswer[] = [];

  async checklist(): Promise<readonly ChecklistAnswer[]> {
    return this.items;
  }

  async maySpend(): Promise<boolean> {
    return !this.isAbove;
  }

  async countParts(codes: readonly string[]): Promise<void> {
    this.counted.push(...codes);
  }

  async record(_visitId: string, kind: CommandKind, payload?: CommandPayload): Promise<boolean> {
    if (!this.isFull) this.recorded.push([kind, payload]);
    return !this.isFull;
  }

  async attach(visitId: string, { kind, signer }: FileDraft): Promise<boolean> {
    if (!this.isFull) this.attached.push([visitId, kind, signer]);
    return !this.isFull;
  }
}

const detail = visit({ status: 'in_progress' });

test('a plain step is done with one tap', async () => {
  const notes = new Notes();
  await new Desk(notes, 'visit-1').press('arrive', detail);
  expect(notes.recorded).toEqual([['arrive', {}]]);
});

test('a second tap while the first is being stored does nothing', async () => {
  const notes = new Notes();
  const desk = new Desk(notes, 'visit-1');
  await Promise.all([desk.press('arrive', detail), desk.press('arrive', detail)]);
  expect(notes.recorded).toHaveLength(1);
});

test('a pause asks why, and says it', async () => {
  const notes = new Notes();
  const desk = new Desk(notes, 'visit-1');
  await desk.press('pause', detail);
  expect([desk.question, notes.recorded]).toEqual([{ ask: 'reason', kind: 'pause' }, []]);
  await desk.answerReason('pause', 'no_access', ' Rang twice, gate locked ');
  expect(notes.recorded).toEqual([['pause', { reason: 'no_access', evidence: 'Rang twice, gate locked' }]]);
  expect(desk.question).toBeUndefined();
});

test('a reason that needs no words is one tap', async () => {
  const notes = new Notes();
  const desk = new Desk(notes, 'visit-1');
  await desk.press('decline', detail);
  await desk.chooseReason('decline', 'no_time');
  expect([notes.recorded, desk.question]).toEqual([[['decline', { reason: 'no_time' }]], undefined]);
});

test('a reason that needs words asks for them, and keeps what was written', async () => {
  const notes = new Notes();
  const desk = new Desk(notes, 'visit-1');
  await desk.press('pause', detail);
  await desk.chooseReason('pause', 'no_access');
  expect([desk.question, notes.recorded]).toEqual([{ ask: 'why', kind: 'pause', reason: 'no_access' }, []]);
  desk.words!.text = 'Gate locked';
  const later = new Desk(notes, 'visit-1');
  await later.chooseReason('pause', 'no_access');
  expect(later.words?.text).toBe('Gate locked');
  await later.answerReason('pause', 'no_access', later.words!.text);
  expect(notes.kept.size).toBe(0);
});

test('a pause that stops a clock is not recorded without how we know', async () => {
  const notes = new Notes();
  await new Desk(notes, 'visit-1').answerReason('pause', 'safety_stop', ' ');
  expect(notes.recorded).toEqual([]);
});

test('waiting for parts stops no clock and needs no words', async () => {
  const notes = new Notes();
  await new Desk(notes, 'visit-1').answerReason('pause', 'awaiting_parts', '');
  expect(notes.recorded).toEqual([['pause', { reason: 'awaiting_parts' }]]);
});

test('another reason travels in the technician’s own words', async () => {
  const notes = new Notes();
  await new Desk(notes, 'visit-1').answerReason('decline', 'other', ' Road closed ');
  expect(notes.recorded).toEqual([['decline', { reason: 'Road closed', note: 'Road closed' }]]);
});

test('what is left to do is asked for a visit completed in part', async () => {
  const notes = new Notes();
  const desk = new Desk(notes, 'visit-1');
  await desk.press('complete_partially', detail);
  desk.words!.text = 'Second rope';
  await desk.answerWords('complete_partially', desk.words!.text);
  expect(notes.recorded).toEqual([['complete_partially', { remaining: 'Second rope' }]]);
});

test('words half written are there again', async () => {
  const notes = new Notes();
  const desk = new Desk(notes, 'visit-1');
  await desk.press('note', detail);
  desk.words!.text = 'The key is';
  const later = new Desk(notes, 'visit-1');
  await later.press('note', detail);
  expect(later.words?.text).toBe('The key is');
});

test('completing asks first and then closes the visit with one command', async () => {
  const notes = new Notes();
  const desk = new Desk(notes, 'visit-1');
  await desk.press('complete', detail);
  desk.completion.cause = 'door';
  desk.completion.action = 'Rail cleaned';
  desk.completion.isRunning = true;
  await desk.finish();
  const payload = { cause: 'door', action: 'Rail cleaned', is_back_in_service: true };
  expect(notes.recorded).toEqual([['complete', payload]]);
});

test('a completion the phone could not store keeps its form open', async () => {
  const notes = new Notes();
  notes.isFull = true;
  const desk = new Desk(notes, 'visit-1');
  await desk.press('complete', visit({}, { work_type: 'maintenance' }));
  desk.completion.cause = 'wear';
  desk.completion.action = 'Round';
  await desk.finish();
  expect([desk.question, desk.completion.action]).toEqual([{ ask: 'completion', items: [] }, 'Round']);
});

test('a tick is written down as a note, and its sheet stays open', async () => {
  const notes = new Notes();
  const desk = new Desk(notes, 'visit-1');
  const asked = visit({ status: 'in_progress' }, { checklist: [item()] });
  await desk.press('complete', asked);
  await desk.answer({ item: 'doors', value: 'done' });
  expect(notes.recorded).toEqual([['note', { answers: [{ item: 'doors', value: 'done' }] }]]);
  expect(desk.question).toEqual({ ask: 'completion', items: ['doors'] });
});

test('nothing is completed while the checklist is open, and what was written is kept', async () => {
  const notes = new Notes();
  const desk = new Desk(notes, 'visit-1');
  const asked = visit({ status: 'in_progress' }, { checklist: [item()], work_type: 'maintenance' });
  await desk.press('complete', asked);
  desk.completion.cause = 'wear';
  desk.completion.action = 'Round';
  notes.items = asked.checklist;
  await desk.finish();
  expect([notes.recorded, desk.completion.wasTried]).toEqual([[], true]);
  notes.items = [{ ...item(), value: 'done' }];
  await desk.finish();
  expect(notes.recorded).toEqual([['complete', { cause: 'wear', action: 'Round' }]]);
});

test('completing right after the last tick waits for it, and is one completion', async () => {
  const notes = new Notes();
  const desk = new Desk(notes, 'visit-1');
  notes.items = [item()];
  await desk.press('complete', visit({ status: 'in_progress' }, { checklist: [item()], work_type: 'maintenance' }));
  desk.completion.cause = 'wear';
  desk.completion.action = 'Round';
  let keep = (): void => undefined;
  notes.record = async (_visitId, kind, payload) => {
    if (kind === 'note') await new Promise<void>((resolve) => (keep = resolve));
    notes.recorded.push([kind, payload]);
    notes.items = [{ ...item(), value: 'done' }];
    return true;
  };
  void desk.answer({ item: 'doors', value: 'done' });
  const taps = [desk.finish(), desk.finish()];
  expect(desk.completion.wasTried).toBe(false);
  keep();
  await Promise.all(taps);
  expect(notes.recorded.map(([kind]) => kind)).toEqual(['note', 'complete']);
});

test('being late is said with one tap on how late', async () => {
  const notes = new Notes();
  const desk = new Desk(notes, 'visit-1');
  await desk.press('running_late', detail);
  expect([desk.question, notes.recorded]).toEqual([{ ask: 'late' }, []]);
  await desk.answerLate(15);
  expect([desk.question, notes.recorded]).toEqual([undefined, [['running_late', { minutes: 15 }]]]);
});

test('parts travel as a note does, are found first the next time, and leave no draft', async () => {
  const notes = new Notes();
  const desk = new Desk(notes, 'visit-1');
  await desk.openParts();
  desk.parts.add('DOR-010');
  await desk.finishParts();
  expect(notes.recorded).toEqual([['note', { parts: [{ part: 'DOR-010', quantity: '1' }] }]]);
  expect([notes.counted, notes.kept.size, desk.question]).toEqual([['DOR-010'], 0, undefined]);
});

test('a follow-up the phone could not store keeps its form open', async () => {
  const notes = new Notes();
  notes.isFull = true;
  const desk = new Desk(notes, 'visit-1');
  await desk.press('order_follow_up', detail);
  desk.followUp.change({ summary: 'Ropes', severity: 'S3' });
  await desk.finishFollowUp();
  expect([desk.question, desk.followUp.draft.summary]).toEqual([{ ask: 'follow_up' }, 'Ropes']);
});

test('a photo and a signature are kept with the visit, unless the phone is full', async () => {
  const notes = new Notes();
  const desk = new Desk(notes, 'visit-1');
  const draft = { bytes: new ArrayBuffer(1), mediaType: 'image/jpeg', takenAt: '2026-11-23T10:00:00Z' };
  await Promise.all([desk.attach({ kind: 'photo', ...draft }), desk.attach({ kind: 'signature', signer: 'Marta', ...draft })]);
  expect(notes.attached).toEqual([
    ['visit-1', 'photo', undefined],
    ['visit-1', 'signature', 'Marta'],
  ]);
  notes.isFull = true;
  expect(await desk.attach({ kind: 'photo', ...draft })).toBe(false);
});

test('goodwill needs an amount and a reason, and travels as a note', async () => {
  const notes = new Notes();
  const desk = new Desk(notes, 'visit-1');
  await desk.openGoodwill();
  desk.goodwill.amount = '40 euros';
  await desk.finishGoodwill();
  expect([notes.recorded, desk.goodwill.missing]).toEqual([[], ['amount', 'reason']]);
  desk.goodwill.amount = '40,50';
  desk.goodwill.reason = ' Waited a day ';
  await desk.finishGoodwill();
  expect(notes.recorded).toEqual([['note', { goodwill: { amount_eur: '40.50', reason: 'Waited a day' } }]]);
  expect([desk.question, notes.kept.size]).toEqual([undefined, 0]);
});

test('what is above the own authority is not recorded, and stays in the sheet until the office approved it', async () => {
  const notes = new Notes();
  const desk = new Desk(notes, 'visit-1');
  await desk.openParts();
  desk.parts.add('DOR-010');
  notes.isAbove = true;
  await desk.finishParts();
  expect([notes.recorded, desk.question, desk.parts.lines]).toEqual([[], { ask: 'parts' }, [{ part: 'DOR-010', quantity: '1' }]]);
  notes.isAbove = false;
  await desk.finishParts();
  expect(notes.recorded).toEqual([['note', { parts: [{ part: 'DOR-010', quantity: '1' }] }]]);
});
