// @vitest-environment jsdom

import { afterEach, expect, test, vi } from 'vitest';
import { httpGateway } from '../board/http_gateway.ts';
import { askingFirst } from './early_plugin.ts';

const region = '019f8c3a-0000-7000-8000-000000000001';

afterEach(() => {
  globalThis.palierAsked = undefined;
  localStorage.clear();
});

function asks(hash: string): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (what: string | Request) => {
    asked.push(typeof what === 'string' ? what : `again ${what.url}`);
    return Promise.resolve(Response.json({}));
  });
  location.hash = hash;
  document.documentElement.innerHTML = askingFirst('<head><title>Palier</title></head>');
  new Function(document.querySelector('script')!.textContent!)();
  return asked;
}

test.each<[string, ...Parameters<typeof httpGateway.board>]>([
  [`#region=${region}`, region, null, 1, null],
  [`#region=${region}&day=2026-11-24&days=3&at=2026-11-24T09:14:00.000Z`, region, '2026-11-24', 3, '2026-11-24T09:14:00.000Z'],
])('the board is asked for once, by the page: %s', async (hash, ...wanted) => {
  const asked = asks(hash);
  await httpGateway.board(...wanted);
  expect(asked).toHaveLength(2);
  expect(asked[0]).toBe('/api/session');
});

test('without a region in its address, the page asks for the one it opened last', () => {
  localStorage.setItem('palier.board.region', region);
  expect(asks('')[1]).toBe(`/api/board?region_id=${region}&days=1`);
});

test('a page that never opened a region asks who is signed in', () => {
  expect(asks('')).toEqual(['/api/session']);
});
