import { describe, expect, test } from 'vitest';
import { Completion } from './completion.svelte.ts';
import type { DraftShelf } from './drafts.svelte.ts';
import { Drawer } from './testing/drawer.ts';

async function opened(shelf: DraftShelf = new Drawer(), asksRunning = true): Promise<Completion> {
  const form = new Completion(shelf, 'visit-1');
  await form.open({ asksRunning });
  return form;
}

test('nobody is corrected before trying to finish', async () => {
  expect((await opened()).missing).toEqual([]);
});

test('what is missing is named when somebody tries to finish', async () => {
  const form = await opened();
  form.cause = 'door';
  expect(form.finish()).toBeUndefined();
  expect(form.missing).toEqual(['action', 'runs']);
});

test('the finished form says cause, action and whether it runs', async () => {
  const form = await opened();
  form.cause = 'door';
  form.action = ' Rail cleaned ';
  form.isRunning = false;
  expect(form.finish()).toEqual({ cause: 'door', action: 'Rail cleaned', is_back_in_service: false });
});

test('after a round of maintenance nobody is asked whether it runs again', async () => {
  const form = await opened(new Drawer(), false);
  form.cause = 'none_found';
  form.action = 'Yearly round';
  expect(form.finish()).toEqual({ cause: 'none_found', action: 'Yearly round' });
});

describe('a draft', () => {
  test('is there again after the page was killed', async () => {
    const shelf = new Drawer();
    const form = await opened(shelf);
    form.cause = 'wear';
    form.action = 'Rope';
    const again = await opened(shelf);
    expect([again.cause, again.action]).toEqual(['wear', 'Rope']);
  });

  test('is forgotten once sent', async () => {
    const shelf = new Drawer();
    const form = await opened(shelf);
    form.action = 'Rope';
    await form.forget();
    expect((await opened(shelf)).action).toBe('');
  });
});
