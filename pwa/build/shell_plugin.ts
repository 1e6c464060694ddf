// Vite plugin: a page that draws its bar before its scripts and styles have come, in the theme and
// the language chosen on this device. The server allows its script by its hash.

import fs from 'node:fs';
import path from 'node:path';
import { minifySync, type Plugin } from 'vite';
import type { Entry } from './entries.ts';
import { languages, type LanguageTag } from './messages.ts';

type Bundle = Record<string, { readonly type: string; readonly fileName: string; readonly moduleIds?: readonly string[] }>;

const here = import.meta.dirname;
const styles = /^\s*<link rel="stylesheet"[^>]*>\n/gm;

export function shell(entry: Entry): Plugin {
  return {
    name: 'palier-shell',
    transformIndexHtml: {
      order: 'post',
      handler: (page, { bundle }) => (entry.isKept ? drawnFirst(entry, page, bundle ?? {}) : page),
    },
  };
}

/** The page with its first script, and its stylesheets after what needs none: they hold up what follows. */
export function drawnFirst(entry: Entry, page: string, bundle: Bundle): string {
  const links = page.match(styles) ?? [];
  const script = firstWords(textsOf(entry, bundle));
  const last = `\n    <script>${script}</script>\n${links.join('')}  </body>`;
  // As a function: what is put in may hold a "$".
  return page.replace(styles, '').replace('\n  </body>', () => last);
}

/** The addresses of each language's texts; none while the pages are worked on. */
function textsOf(entry: Entry, bundle: Bundle): Record<string, string> {
  const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
  const named = languages.map((tag) => {
    const source = `generated/${entry.name}/${tag}.ts`;
    const chunk = chunks.find(({ moduleIds }) => moduleIds?.some((id) => id.replaceAll('\\', '/').endsWith(source)));
    return [tag, chunk ? entry.base + chunk.fileName : ''];
  });
  return Object.fromEntries(named) as Record<string, string>;
}

function firstWords(texts: Record<string, string>): string {
  const words = Object.fromEntries(languages.map((tag) => [tag, loading(tag)]));
  const constants = `const TEXTS = ${JSON.stringify(texts)}, WORDS = ${JSON.stringify(words)};`;
  const script = fs.readFileSync(path.join(here, 'first_words.js'), 'utf8');
  return minifySync('first_words.js', `{${constants}\n${script}}`, { module: false }).code.trim();
}

function loading(tag: LanguageTag): string {
  const texts = fs.readFileSync(path.join(here, `../messages/lib/${tag}.json`), 'utf8');
  return (JSON.parse(texts) as Record<string, string>)['face.loading']!;
}
