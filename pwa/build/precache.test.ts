import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { precacheItems } from './service_worker_plugin.ts';

let folder: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'precache-'));
  fs.mkdirSync(path.join(folder, 'assets'));
  for (const name of ['index.html', 'sw.js', 'icon-512.png', 'icon-192.png', 'index.html.br', 'assets/index-DOwCrGXH.js'])
    fs.writeFileSync(path.join(folder, name), name);
});

afterAll(() => fs.rmSync(folder, { recursive: true }));

test('the page is kept under its directory, where people reach it', () => {
  expect(precacheItems(folder, '/app/').map(({ url }) => url)).toEqual([
    '/app/assets/index-DOwCrGXH.js',
    '/app/icon-192.png',
    '/app/',
  ]);
});

test('a hashed name is its own revision, the others carry one', () => {
  const [asset, icon] = precacheItems(folder, '/app/');
  expect(asset?.revision).toBeNull();
  expect(icon?.revision).toMatch(/^[0-9a-f]{12}$/);
});
