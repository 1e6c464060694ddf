import { expect, it } from 'vitest';
import type { Looked } from './gateway.ts';
import { Importing } from './importing.svelte.ts';

const looked: Looked = {
  is_written: false,
  fingerprint: 'print',
  encoding: 'utf-8-sig',
  delimiter: ';',
  added: 2,
  changed: 1,
  unchanged: 0,
  fault_count: 0,
  faults: [],
  changes: [],
};
const file = new Blob(['code;name\nA;Città\n']);

it('writes what was looked at, and nothing before', async () => {
  const sent: [string, string | null][] = [];
  const importing = new Importing({
    send: async (_kind, content, confirms) => {
      sent.push([content, confirms]);
      return { ...looked, is_written: confirms !== null };
    },
  });
  expect(await importing.write()).toBeUndefined();
  await importing.look('sites', file);
  expect(importing.count).toBe(3);
  expect((await importing.write())?.added).toBe(2);
  expect(importing.looked).toBeUndefined();
  expect(sent.map(([, confirms]) => confirms)).toEqual([null, 'print']);
  expect(new TextDecoder().decode(Uint8Array.from(atob(sent[1]![0]), (each) => each.charCodeAt(0)))).toBe(
    'code;name\nA;Città\n',
  );
});

it('shows the faults that came up between looking and writing, and cannot write them', async () => {
  let faults = 0;
  const importing = new Importing({ send: async () => ({ ...looked, fault_count: faults }) });
  await importing.look('sites', file);
  faults = 1;
  expect(await importing.write()).toBeUndefined();
  expect(importing.looked?.fault_count).toBe(1);
  expect(importing.count).toBe(0);
});
