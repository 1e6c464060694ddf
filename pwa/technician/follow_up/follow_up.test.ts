import { expect, test } from 'vitest';
import { Drawer } from '../testing/drawer.ts';
import { FollowUp } from './follow_up.svelte.ts';

async function opened(shelf = new Drawer()): Promise<FollowUp> {
  const form = new FollowUp(shelf, 'visit-1');
  await form.open();
  return form;
}

test('says what is needed only once somebody tried to send it', async () => {
  const form = await opened();
  expect(form.missing).toEqual([]);
  expect(form.finish()).toBeUndefined();
  expect(form.missing).toEqual(['summary', 'severity']);
});

test('is sent with what to bring', async () => {
  const form = await opened();
  form.change({ summary: ' Replace the ropes ', severity: 'S3' });
  form.parts.add('ROP-001');
  expect(form.finish()).toEqual({
    summary: 'Replace the ropes',
    severity: 'S3',
    work_type: 'repair',
    description: '',
    parts: [{ part: 'ROP-001', quantity: '1' }],
  });
});

test('half written, it is there again after the page was killed, and gone once sent', async () => {
  const shelf = new Drawer();
  const form = await opened(shelf);
  form.change({ summary: 'Ropes' });
  form.parts.add('ROP-001');
  const again = await opened(shelf);
  expect([again.draft.summary, again.parts.lines.length]).toEqual(['Ropes', 1]);
  await again.forget();
  expect(shelf.kept.size).toBe(0);
});
