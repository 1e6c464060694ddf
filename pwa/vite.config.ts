// How one page is bundled (`ENTRY=technician vite build`) and how all six are served for work.
// What the pages are is in build/entries.ts.

import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { appFiles } from './build/app_files_plugin.ts';
import { pageAddresses } from './build/page_addresses_plugin.ts';
import { early } from './build/early_plugin.ts';
import { entryNamed, lazy, start } from './build/entries.ts';
import { shell } from './build/shell_plugin.ts';
import { serviceWorker } from './build/service_worker_plugin.ts';

const here = import.meta.dirname;
const server = process.env['PALIER_DEV_SERVER'] ?? 'http://127.0.0.1:8000';

const hashes = new Map<string, string>();

/** Written with every element that has a style, and a phone keeps every letter of it: few, unless two would then be called alike. */
function shortName({ hash, css }: { hash: (text: string) => string; css: string }): string {
  const whole = hash(css);
  const short = whole.slice(-4);
  if (!hashes.has(short)) hashes.set(short, whole);
  return `s${hashes.get(short) === whole ? short : whole}`;
}

export default defineConfig(({ command }) => {
  const testing = process.env['VITEST'] !== undefined;
  const shared = {
    configFile: false as const,
    plugins: [svelte({ configFile: false, compilerOptions: { cssHash: shortName, runes: true } })],
    resolve: testing ? { conditions: ['browser'] } : {},
    publicDir: false as const,
    test: {
      include: ['**/*.test.ts'],
      exclude: ['**/node_modules/**'],
      environment: 'node',
      setupFiles: ['fake-indexeddb/auto'],
      unstubGlobals: true,
      restoreMocks: true,
    },
  };
  if (testing || command === 'serve')
    return {
      ...shared,
      appType: 'mpa' as const,
      plugins: [...shared.plugins, pageAddresses()],
      server: { port: 5173, proxy: { '/api': server, '/map': server } },
    };

  const entry = entryNamed(process.env['ENTRY']);
  return {
    ...shared,
    root: path.join(here, entry.name),
    base: entry.base,
    plugins: [...shared.plugins, appFiles(entry), shell(entry), early(entry), serviceWorker(entry, { lazy })],
    build: {
      outDir: path.join(here, '../server/pages/built', entry.folder),
      emptyOutDir: entry.folder !== '.',
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: entry.isKept ? false : { polyfill: false },
      cssCodeSplit: !entry.isKept,
      chunkSizeWarningLimit: 1200,
      rolldownOptions: {
        checks: { pluginTimings: false },
        output: { codeSplitting: { groups: [start] } },
      },
    },
  };
});
