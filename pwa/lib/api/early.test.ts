import { afterEach, expect, test, vi } from 'vitest';
import { askedAt, fetched } from './early.ts';

const url = 'http://palier.invalid/api/session';

function early(answer: Promise<Response>): void {
  globalThis.palierAsked = new Map([[url, { at: 1000, answer }]]);
}

afterEach(() => (globalThis.palierAsked = undefined));

test('what the page asked before its scripts were here is handed out once, with its own time', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('asked now')));
  early(Promise.resolve(new Response('asked early')));
  expect(askedAt(new Request(url), 5000)).toBe(1000);
  expect(await (await fetched(new Request(url))).text()).toBe('asked early');
  expect(askedAt(new Request(url), 5000)).toBe(5000);
  expect(await (await fetched(new Request(url))).text()).toBe('asked now');
});

test.each([
  ['a refusal', () => Promise.resolve(new Response('', { status: 401 }))],
  ['silence', () => Promise.reject(new TypeError('nobody answers'))],
])('after %s it is asked again', async (_, answer) => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('asked now')));
  early(answer());
  expect(await (await fetched(new Request(url))).text()).toBe('asked now');
});

test('a change is never answered early', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('changed')));
  early(Promise.resolve(new Response('asked early')));
  expect(await (await fetched(new Request(url, { method: 'DELETE' }))).text()).toBe('changed');
});
