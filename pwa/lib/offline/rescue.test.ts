import { expect, test, vi } from 'vitest';
import { finished } from './attaching.ts';
import { rescue } from './rescue.ts';
import { StorageFailure } from './store.ts';
import { outboxWith, storeWith, unsent, visit } from './testing/makers.ts';

test('the file holds every command with its own id, and the photos whole', async () => {
  const store = await storeWith(visit());
  const outbox = outboxWith({ store, send: async () => [], isOnline: () => false });
  const bytes = new Uint8Array(40_000).fill(7).buffer;
  const photo = await finished({ kind: 'photo', bytes, mediaType: 'image/jpeg', takenAt: '2026-11-23T10:00:00Z' });
  const accepted = await outbox.add('visit-1', 'accept');
  await outbox.add('visit-1', 'note', { note: 'As found' }, { newFiles: [photo] });
  await outbox.addDuty('technician-1', 'start_break');

  const saved = await rescue(store, []);
  expect(saved).toMatchObject({ kind: 'palier-rescue', version: 1, account: store.account });
  expect(saved.commands).toMatchObject([
    { target: { kind: 'visit', id: 'visit-1' }, state: 'waiting', command: { id: accepted.id, kind: 'accept', base_version: 5 } },
    { command: { kind: 'note', payload: { note: 'As found', files: [{ id: photo.id }] } } },
    { target: { kind: 'technician' }, command: { kind: 'start_break' } },
  ]);
  expect(saved.files).toMatchObject([{ id: photo.id, visitId: 'visit-1', sha256: photo.sha256 }]);
  expect(atob(saved.files[0]!.bytes!) === '\x07'.repeat(40_000)).toBe(true);
});

test('where the storage cannot be read, what the page still shows is saved', async () => {
  const store = await storeWith(visit());
  vi.spyOn(store, 'read').mockRejectedValue(new StorageFailure(new DOMException('lost', 'UnknownError')));
  const { commands } = await rescue(store, [unsent('arrive')]);
  expect(commands.map(({ command }) => command.kind)).toEqual(['arrive']);
});
