// Builds the six pages into server/pages/built, from nothing. Run as `npm run build`.
// Compression is done by hatch_build.py with the library that will serve the files.

import fs from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { entries, entryNames } from './entries.ts';
import { writeMessages } from './messages.ts';

const root = path.join(import.meta.dirname, '..');
const built = path.join(root, '../server/pages/built');

writeMessages(root);
fs.rmSync(built, { recursive: true, force: true });
for (const name of entryNames) {
  process.env['ENTRY'] = name;
  await build({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn' });
  console.log(`built ${entries[name].base}`);
}
