import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { foreignOrigins } from './origins.ts';

test('an origin named anywhere in a built page is found, links that people follow are not', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'origins-'));
  fs.mkdirSync(path.join(folder, 'assets'));
  fs.writeFileSync(path.join(folder, 'index.html'), '<svg xmlns="http://www.w3.org/2000/svg"></svg>');
  fs.writeFileSync(path.join(folder, 'assets/index.js'), 'open("https://maps.apple.com/?q=1"); fetch("https://fastly.jsdelivr.net/zxing.wasm")');
  fs.writeFileSync(path.join(folder, 'assets/index.css'), '@import "http://fonts.example/a.css"');
  expect(foreignOrigins(folder)).toEqual(['http://fonts.example', 'https://fastly.jsdelivr.net']);
  fs.rmSync(folder, { recursive: true });
});
