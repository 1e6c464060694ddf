import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lazy } from './entries.ts';
import { precacheItems } from './service_worker_plugin.ts';

let folder: string;
const kept = ['assets/fr-DOwCrGXH.js', 'assets/index-DOwCrGXH.css', 'assets/index-DOwCrGXH.js', 'icon-192.png', 'icon.svg', 'index.html'];
const left = ['sw.js', 'icon-512.png', 'icon-180.png', 'icon-maskable.png', 'manifest.webmanifest', 'index.html.br', 'assets/maplibre-gl-DOwCrGXH.js', 'assets/index-DOwCrGXH.js.map'];

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'precache-'));
  fs.mkdirSync(path.join(folder, 'assets'));
  for (const name of kept.concat(left)) fs.writeFileSync(path.join(folder, name), name);
});

afterAll(() => fs.rmSync(folder, { recursive: true }));

test('exactly what the page needs without the network is kept, the page under its directory', () => {
  const addresses = kept.map((name) => `/app/${name === 'index.html' ? '' : name}`);
  expect(precacheItems(folder, '/app/', lazy).map(({ url }) => url)).toEqual(addresses);
});

test('a hashed name is its own revision, the others carry one', () => {
  const revisions = Object.fromEntries(precacheItems(folder, '/app/', lazy).map(({ url, revision }) => [url, revision]));
  expect(revisions['/app/assets/index-DOwCrGXH.js']).toBeNull();
  expect(revisions['/app/icon-192.png']).toMatch(/^[0-9a-f]{12}$/);
});
