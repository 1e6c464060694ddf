// Vite plugin for work in progress: the pages answer at the addresses they have in production.
// It does not proxy the API; vite.config.ts does.

import type { Plugin } from 'vite';
import { entries } from './entries.ts';

const longestBaseFirst = Object.values(entries).sort((a, b) => b.base.length - a.base.length);

export function pageAddresses(): Plugin {
  return {
    name: 'palier-page-addresses',
    apply: 'serve',
    // The page is read at another address than its source's, so its script is named in full.
    transformIndexHtml: (page, { path }) =>
      page.replace('src="./', `src="${path.replace(/[^/]*$/, '')}`),
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const wantsPage = request.headers.accept?.includes('text/html') ?? false;
        if (wantsPage && request.url) request.url = pageAt(request.url);
        next();
      });
    },
  };
}

/** The source page behind a served address; an address with an extension is left alone. */
export function pageAt(address: string): string {
  const [path = '/'] = address.split(/[?#]/);
  if (/\.\w+$/.test(path) || path.startsWith('/api/')) return address;
  const entry = path.startsWith('/t/') ? entries.resident : longestBaseFirst.find(({ base }) => `${path}/`.startsWith(base));
  return entry ? `/${entry.name}/index.html` : address;
}
