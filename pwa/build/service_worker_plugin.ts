// Vite plugin: lists what an entry's build made and builds its service worker with that list inside.
// What the worker does with it is in lib/offline/worker.ts and each entry's sw.ts.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'vite';
import type { Entry } from './entries.ts';

export interface PrecacheItem {
  readonly url: string;
  /** Null where the name already carries the content's hash. */
  readonly revision: string | null;
}

const notPrecached = /\.(map|br|gz)$|(^|\/)sw\.js$|\.webmanifest$|icon-(180|512|maskable)/;

export function serviceWorker(entry: Entry, { lazy }: { lazy: RegExp }): Plugin {
  let root = '';
  let folder = '';
  return {
    name: 'palier-service-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      folder = path.resolve(root, config.build.outDir);
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const source = path.join(root, 'sw.ts');
        if (!fs.existsSync(source)) return;
        const items = precacheItems(folder, entry.base, lazy);
        await buildWorker(source, folder, items);
      },
    },
  };
}

/** The page itself is precached under its directory address: that is how people reach it. */
export function precacheItems(folder: string, base: string, lazy: RegExp): PrecacheItem[] {
  return filesBelow(folder)
    .map((file) => path.relative(folder, file).replaceAll('\\', '/'))
    .filter((name) => !notPrecached.test(name) && !lazy.test(name))
    .sort()
    .map((name) => ({
      url: base + (name === 'index.html' ? '' : name),
      revision: /^assets\/.+-[\w-]{8}\.\w+$/.test(name)
        ? null
        : contentHash(path.join(folder, name)),
    }));
}

function contentHash(file: string): string {
  return createHash('sha256').update(fs.readFileSync(file)).digest('hex').slice(0, 12);
}

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((item) =>
      item.isDirectory() ? filesBelow(path.join(folder, item.name)) : [path.join(folder, item.name)],
    );
}

async function buildWorker(source: string, folder: string, items: PrecacheItem[]): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: {
      'self.__WB_MANIFEST': JSON.stringify(items),
      'process.env.NODE_ENV': '"production"',
    },
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'es2022',
      minify: true,
      lib: { entry: source, formats: ['iife'], name: 'worker', fileName: () => 'sw.js' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
}
