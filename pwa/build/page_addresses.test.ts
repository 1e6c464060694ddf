import { expect, test } from 'vitest';
import { pageAt } from './page_addresses_plugin.ts';

test.each([
  ['/', '/home/index.html'],
  ['/app/', '/technician/index.html'],
  ['/app', '/technician/index.html'],
  ['/app/visits/1?x=1', '/technician/index.html'],
  ['/board/', '/board/index.html'],
  ['/portal/', '/portal/index.html'],
  ['/q/LIFT-1', '/resident/index.html'],
  ['/t/ab-c_d', '/resident/index.html'],
])('%s is served from %s', (address, page) => {
  expect(pageAt(address)).toBe(page);
});

test.each(['/technician/main.ts', '/api/session', '/@vite/client.js'])('%s is left alone', (address) => {
  expect(pageAt(address)).toBe(address);
});
