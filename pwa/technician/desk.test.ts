import { expect, test } from 'vitest';
import type { CommandKind, CommandPayload } from '../lib/offline/commands.ts';
import { visit } from '../lib/offline/testing/makers.ts';
import { Desk, type Recorder } from './desk.svelte.ts';
import { Drawer } from './testing/drawer.ts';

class Notes extends Drawer implements Recorder {
  readonly recorded: [CommandKind, CommandPayload | undefined][] = [];
  isFull = false;

  async record(_visitId: string, kind: CommandKind, payload?: CommandPayload): Promise<boolean> {
    if (!this.isFull) this.recorded.push([kind, payload]);
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
  await desk.answerReason('pause', 'no_access', '');
  expect(notes.recorded).toEqual([['pause', { reason: 'no_access' }]]);
  expect(desk.question).toBeUndefined();
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
  expect([desk.question, desk.completion.action]).toEqual([{ ask: 'completion' }, 'Round']);
});
