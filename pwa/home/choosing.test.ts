import { expect, test } from 'vitest';
import { Problem } from '../lib/api/problem.ts';
import { Choosing, tokenIn } from './choosing.svelte.ts';

test('a password is long enough and typed twice alike before anybody is asked', async () => {
  const sent: string[] = [];
  const choosing = new Choosing(async (password) => sent.push(password));
  expect(choosing.fault).toBeUndefined();
  await choosing.submit();
  expect(choosing.fault).toBe('too_short');
  choosing.password = 'long enough';
  choosing.again = 'long enoug';
  await choosing.submit();
  expect(choosing.fault).toBe('differs');
  choosing.again = 'long enough';
  await choosing.submit();
  expect(sent).toEqual(['long enough']);
});

test('a link that ended is told, and what was typed stays', async () => {
  const choosing = new Choosing(async () => {
    throw new Problem({ code: 'invitation_ended' }, 410);
  });
  choosing.password = choosing.again = 'long enough';
  expect(await choosing.submit()).toBeUndefined();
  expect(choosing.problem?.code).toBe('invitation_ended');
  expect(choosing.password).toBe('long enough');
});

test.each([
  ['#/invitation/abc_D-1', 'abc_D-1'],
  ['#/invitation/', undefined],
  ['#/invitation/a/b', undefined],
  ['', undefined],
])('in %s the token is %s', (hash, token) => {
  expect(tokenIn(hash)).toBe(token);
});
