// Vite plugin: the board's page asks for what its scripts will ask first while they are still on
// their way. The server allows its script by its hash; lib/api/early.ts hands out the answers.

import fs from 'node:fs';
import path from 'node:path';
import { minifySync, type Plugin } from 'vite';
import type { Entry } from './entries.ts';

export function early(entry: Entry): Plugin {
  return {
    name: 'palier-early',
    transformIndexHtml: {
      order: 'post',
      handler: (page) => (entry.asksEarly ? askingFirst(page) : page),
    },
  };
}

/** The page with its question before everything else that is loaded. */
export function askingFirst(page: string): string {
  const source = fs.readFileSync(path.join(import.meta.dirname, 'first_questions.js'), 'utf8');
  const { code } = minifySync('first_questions.js', `{${source}}`, { module: false });
  // As a function: what is put in may hold a "$".
  return page.replace('</title>', () => `</title>\n    <script>${code.trim()}</script>`);
}
