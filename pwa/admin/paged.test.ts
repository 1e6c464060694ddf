import { expect, it } from 'vitest';
import { Paged } from './paged.svelte.ts';
import { refusal } from './testing/twin.ts';

const pages = async (cursor: string | undefined) =>
  cursor === undefined ? { items: [1, 2], next_cursor: 'on' } : { items: [3], next_cursor: null };

it('puts pages one after the other, until there is none', async () => {
  const list = new Paged(pages);
  await list.refresh();
  expect([list.items, list.hasMore]).toEqual([[1, 2], true]);
  await list.more();
  expect([list.items, list.hasMore]).toEqual([[1, 2, 3], false]);
});

it('begins anew when something else is asked for, and forgets the answer before', async () => {
  const answers: ((page: { items: number[] }) => void)[] = [];
  const list = new Paged(() => new Promise<{ items: number[] }>((give) => answers.push(give)));
  const first = list.refresh();
  const second = list.refresh();
  answers[1]!({ items: [2] });
  answers[0]!({ items: [1] });
  await Promise.all([first, second]);
  expect(list.items).toEqual([2]);
});

it('keeps what was read when it cannot be read again', async () => {
  let isAway = false;
  const list = new Paged(async () => {
    if (isAway) throw refusal('unreachable', 0);
    return { items: [1] };
  });
  await list.refresh();
  isAway = true;
  await list.refresh();
  expect([list.items, list.face, list.problem?.isOffline]).toEqual([[1], 'ready', true]);
});
