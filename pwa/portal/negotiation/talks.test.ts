// Talking about a draft: what is sent once, and what marks a version as read.
import { expect, test } from 'vitest';
import { Problem } from '../../lib/api/index.ts';
import { type Negotiated, Talks, type TalksGateway } from './talks.svelte.ts';

const about = {
  agreement_id: 'a1',
  status: 'final_review',
  draft: { id: 'v1' },
  me: { read_at: null, answer: null },
  promises: [],
  proposals: [],
} as unknown as Negotiated;

function server(given: Partial<TalksGateway> = {}) {
  const keys: string[] = [];
  const gateway: TalksGateway = {
    negotiations: async () => [about],
    propose: async (_about, _body, key) => void keys.push(key),
    read: async (_about, key) => void keys.push(key),
    answer: async (_about, _answer, _comment, key) => void keys.push(key),
    ...given,
  };
  return { talks: new Talks(gateway), keys };
}

test('a final version is marked as read as soon as it is shown to who is asked', async () => {
  const { talks, keys } = server();
  await talks.refresh();
  await talks.markRead();
  expect(keys).toHaveLength(1);
});

test('an answer that got lost goes out again under the same key', async () => {
  const keys: string[] = [];
  const lost = new Problem({ code: 'offline' }, 0);
  const { talks } = server({
    answer: async (_about, _answer, _comment, key) => {
      keys.push(key);
      if (keys.length === 1) throw lost;
    },
  });
  await talks.refresh();
  expect(await talks.answer(about, 'approved', '')).toBe(false);
  expect(talks.refusal).toBeDefined();
  expect(await talks.answer(about, 'approved', '')).toBe(true);
  expect(new Set(keys).size).toBe(1);
});

test('without a net it says so instead of nothing to talk about', async () => {
  const { talks } = server({ negotiations: async () => Promise.reject(new Problem({ code: 'offline' }, 0)) });
  await talks.refresh();
  expect(talks.face).not.toBe('ready');
});
