// Vite plugin: writes an entry's icons and manifest, and names them in its page.
// The service worker has a plugin of its own.

import fs from 'node:fs';
import path from 'node:path';
import type { HtmlTagDescriptor, Plugin } from 'vite';
import type { Entry } from './entries.ts';
import { icons } from './icons.ts';

export function appFiles(entry: Entry): Plugin {
  let folder = '';
  return {
    name: 'palier-app-files',
    apply: 'build',
    configResolved(config) {
      folder = path.resolve(config.root, config.build.outDir);
    },
    transformIndexHtml: () => links(entry),
    writeBundle() {
      for (const [name, bytes] of Object.entries(icons()))
        fs.writeFileSync(path.join(folder, name), bytes);
      if (entry.app) {
        const text = JSON.stringify(manifest(entry, entry.app), null, 1);
        fs.writeFileSync(path.join(folder, 'manifest.webmanifest'), text);
      }
    },
  };
}

function links({ base, app }: Entry): HtmlTagDescriptor[] {
  const link = (rel: string, href: string, more = {}): HtmlTagDescriptor => ({
    tag: 'link',
    attrs: { rel, href: base + href, ...more },
    injectTo: 'head',
  });
  return [
    link('icon', 'icon.svg', { type: 'image/svg+xml' }),
    link('apple-touch-icon', 'icon-180.png'),
    ...(app ? [link('manifest', 'manifest.webmanifest')] : []),
  ];
}

function manifest(entry: Entry, app: NonNullable<Entry['app']>): object {
  const image = (src: string, sizes: string, purpose: string): object => ({
    src: entry.base + src,
    sizes,
    type: 'image/png',
    purpose,
  });
  return {
    id: app.id,
    name: app.name,
    short_name: 'Palier',
    start_url: entry.base,
    scope: entry.base,
    display: 'standalone',
    ...(app.orientation ? { orientation: app.orientation } : {}),
    background_color: '#f7f7f5',
    theme_color: '#0b5c63',
    icons: [
      image('icon-192.png', '192x192', 'any'),
      image('icon-512.png', '512x512', 'any'),
      image('icon-maskable.png', '512x512', 'maskable'),
    ],
  };
}
