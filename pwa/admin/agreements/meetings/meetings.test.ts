// Meetings: what waits for which level, and that nothing is done twice.
import { expect, test } from 'vitest';
import { Deed } from '../../../lib/api/deed.svelte.ts';
import { Problem } from '../../../lib/api/problem.ts';
import { type Decision, type Item, Meetings, type MeetingsFound, type MeetingsGateway } from './meetings.svelte.ts';

const nothing: MeetingsFound = { levels: [], items: [], actions: [], meetings: [] };
const item = (id: string, level: Item['level']) => ({ id, level, text: id }) as Item;

function told(more: Partial<MeetingsGateway>, found: MeetingsFound = nothing): Meetings {
  return new Meetings({ meetings: async () => found, ...more } as MeetingsGateway, 'a1');
}

test('an item waits for a meeting of its own level', async () => {
  const items = [item('keys', 'operational'), item('price', 'strategic')];
  const meetings = told({}, { ...nothing, items });
  await meetings.loaded.refresh();
  expect(meetings.waiting('operational').map(({ id }) => id)).toEqual(['keys']);
  expect(meetings.waiting('tactical')).toEqual([]);
});

test('what was set is shown without asking again', async () => {
  const level = { level: 'tactical', every_months: 3 } as MeetingsFound['levels'][number];
  const meetings = told({ setCadence: async () => ({ ...nothing, levels: [level] }) });
  const body = { level: 'tactical', every_months: 3, first_on: '2026-12-01', seats: [] } as const;
  expect(await meetings.setCadence(new Deed(), { ...body, seats: [] })).toBe(true);
  expect(meetings.loaded.value?.levels).toEqual([level]);
});

test('an action somebody else ended says so and stays as it was', async () => {
  const meetings = told({
    end: () => Promise.reject(new Problem({ code: 'already_decided' }, 409)),
  });
  const deed = new Deed();
  expect(await meetings.end(deed, { id: 'd1', version: 1 } as Decision, 'complete', 'Done')).toBe(false);
  expect(deed.problem?.code).toBe('already_decided');
});
