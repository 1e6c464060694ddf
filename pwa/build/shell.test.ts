// @vitest-environment jsdom

import { afterEach, expect, test } from 'vitest';
import { entries } from './entries.ts';
import { drawnFirst } from './shell_plugin.ts';

const built = `<html lang="en">
  <head>
    <link rel="stylesheet" crossorigin href="/app/assets/style-1.css">
  </head>
  <body>
    <div id="app"><p id="loading"></p></div>
  </body>
</html>`;

const chunks = ['en', 'fr', 'es', 'nl'].map((tag) => ({
  type: 'chunk',
  fileName: `assets/${tag}-1.js`,
  moduleIds: [`/pwa/generated/technician/${tag}.ts`],
}));

afterEach(() => localStorage.clear());

function opened(kept: Record<string, string>): Document {
  for (const [name, value] of Object.entries(kept)) localStorage.setItem(name, value);
  const bundle = Object.fromEntries(chunks.map((chunk) => [chunk.fileName, chunk]));
  document.documentElement.innerHTML = drawnFirst(entries.technician, built, bundle);
  delete document.documentElement.dataset['theme'];
  // A document that is filled runs none of its scripts by itself.
  new Function(document.querySelector('script')!.textContent!)();
  return document;
}

test('before its scripts have come, the page has the theme and the language chosen on this device', () => {
  const page = opened({ 'palier.theme': 'sun', 'palier.language': 'fr' });
  expect(page.documentElement.dataset['theme']).toBe('sun');
  expect(page.documentElement.lang).toBe('fr');
  expect(page.getElementById('loading')!.textContent).toBe('Chargement');
  expect(page.querySelector('link[rel=modulepreload]')!.getAttribute('href')).toBe('/app/assets/fr-1.js');
});

test('where nothing was chosen, the device decides', () => {
  const page = opened({ 'palier.theme': 'auto', 'palier.language': 'xx' });
  expect(page.documentElement.dataset['theme']).toBeUndefined();
  expect(page.documentElement.lang).toBe('en');
});

test('the bar is drawn before the styles of what it gives way to have come', () => {
  const page = opened({});
  expect(page.head.querySelector('link[rel=stylesheet]')).toBeNull();
  expect(page.body.lastElementChild!.getAttribute('href')).toBe('/app/assets/style-1.css');
});
