import { expect, test } from 'vitest';
import type { StoredFile } from '../../lib/offline/store.ts';
import { givenUpIn, shownFiles } from './files.ts';

type Known = Parameters<typeof shownFiles>[0][number];

function known(id: string, taken_at: string, state: Known['state'] = 'received'): Known {
  const file = { kind: 'photo', item: null, sha256: '', size: 1, media_type: 'image/jpeg', received_size: 0 } as const;
  const counts = { waived_by: '', waived_reason: '', replaced_by: null };
  return { ...counts, id, taken_at, state, visit_id: 'visit-1', signer: '', note: '', author: 'Inès', ...file };
}

function here(id: string, takenAt: string, state: StoredFile['state'] = 'waiting'): StoredFile {
  const file = { kind: 'photo', sha256: '', size: 1, mediaType: 'image/jpeg', signer: '', item: null, note: '', sent: 0 } as const;
  return { id, takenAt, state, visitId: 'visit-1', ...file };
}

test('what lies here is told as this phone knows it, in the order it was taken', () => {
  const shown = shownFiles(
    [known('b', '2026-11-23T10:02:00Z', 'promised'), known('a', '2026-11-23T10:01:00Z')],
    [here('c', '2026-11-23T10:02:00Z'), here('b', '2026-11-23T10:01:00Z')],
    60,
  );
  expect(shown.map(({ id, state, isHere, takenAt }) => [id, state, isHere, new Date(takenAt).getUTCMinutes()])).toEqual([
    ['a', 'received', false, 1],
    ['b', 'waiting', true, 2],
    ['c', 'waiting', true, 3],
  ]);
});

test('what was taken again or given up is wanted no longer, whether or not that was sent', () => {
  const waiting = [
    { files: [{ id: 'new', replaces: 'a' }], payload: {} },
    { files: [], payload: { dropped_files: [{ id: 'b', reason: 'The lift is sealed.' }] } },
  ] as unknown as Parameters<typeof givenUpIn>[0];
  const refused = ['a', 'b', 'c'].map((id) => known(id, '2026-11-23T10:02:00Z', 'refused'));
  const states = shownFiles(refused, [], 0, givenUpIn(waiting)).map(({ id, state }) => [id, state]);
  expect(states).toEqual([
    ['a', 'waived'],
    ['b', 'waived'],
    ['c', 'refused'],
  ]);
});
