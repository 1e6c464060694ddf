import { beforeEach, expect, test } from 'vitest';
import { Problem } from '../api/problem.ts';
import { Comments } from './comments.svelte.ts';
import type { Comment, CommentsGateway } from './gateway.ts';

const written = new Map<string, Comment>();
let problem: Problem | undefined;
let reads = 0;

const gateway: CommentsGateway = {
  async read() {
    reads++;
    return [...written.values()];
  },
  async write(_about, text, key) {
    const known = written.get(key);
    const made: Comment = known ?? { id: key, side: 'customer', author: 'Marta', is_own: true, text, at: '2026-06-02T07:15:00Z' };
    written.set(key, made);
    if (problem) throw problem;
    return made;
  },
};

beforeEach(() => {
  written.clear();
  [problem, reads] = [undefined, 0];
});

test('a message that got no answer keeps its words and is sent again as the same one', async () => {
  const comments = new Comments({ intervention: 'one' }, gateway);
  comments.text = ' When do you come? ';
  problem = new Problem({ code: 'offline' }, 0);
  expect(await comments.send()).toBe(false);
  expect([comments.isUnsent, comments.text.trim()]).toEqual([true, 'When do you come?']);
  problem = undefined;
  expect(await comments.send()).toBe(true);
  expect([written.size, comments.text, comments.all?.length]).toEqual([1, '', 1]);
});

test('nothing is sent without words', async () => {
  const comments = new Comments({ intervention: 'one' }, gateway);
  comments.text = '   ';
  expect(await comments.send()).toBe(false);
  expect(written.size).toBe(0);
});

test.each([
  [{ kind: 'office_commented', intervention_id: 'one' }, 1],
  [{ kind: 'office_commented', intervention_id: 'another' }, 0],
  [{ kind: 'visit_arrived', intervention_id: 'one' }, 0],
])('%o is read again %i times', (change, times) => {
  new Comments({ intervention: 'one' }, gateway).hear(change);
  expect(reads).toBe(times);
});

test('what is written about an agreement is known by the agreement', () => {
  const comments = new Comments({ agreement: 'a' }, gateway);
  comments.hear({ kind: 'customer_commented', data: { agreement_id: 'a' } });
  comments.hear({ kind: 'customer_commented', data: { agreement_id: 'b' } });
  expect(reads).toBe(1);
});
