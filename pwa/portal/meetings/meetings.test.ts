// Meetings as the customer sees them: what they write arrives once and is kept when it did not.
import { expect, test } from 'vitest';
import { Problem } from '../../lib/api/index.ts';
import { type Found, Meetings, type MeetingsGateway, type Pack } from './meetings.svelte.ts';

const found = { levels: [], items: [], actions: [], meetings: [] } as Found;
const pack = { interventions: 0, clocks: [], missed: [] } as unknown as Pack;

function told(ask: MeetingsGateway['ask']): Meetings {
  return new Meetings('a1', { meetings: async () => found, pack: async () => pack, ask });
}

test('what could not be sent goes out under the same key when tried again', async () => {
  const keys: string[] = [];
  const meetings = told(async (...[, , , key]) => {
    keys.push(key);
    if (keys.length === 1) throw new Problem({ code: 'offline' }, 0);
  });
  expect(await meetings.ask('tactical', 'Keys')).toBe(false);
  expect(meetings.refusal?.code).toBe('offline');
  expect(await meetings.ask('tactical', 'Keys')).toBe(true);
  expect(keys[1]).toBe(keys[0]);
});

test('nothing is sent without words, and nothing was read before it was asked for', async () => {
  const meetings = told(async () => expect.unreachable());
  expect(await meetings.ask('operational', '  ')).toBe(false);
  expect(meetings.face).toBe('loading');
  await meetings.refresh();
  expect(meetings.face).toBe('ready');
});
