// The six pages: where each lives, where it is served and what of it can be installed.
// How they are bundled is in vite.config.ts.

export interface Entry {
  readonly name: EntryName;
  /** The address it is served at, with both slashes. */
  readonly base: string;
  /** Its folder below server/pages/built. */
  readonly folder: string;
  /** Installable pages have a manifest; all of those have a service worker in `sw.ts`. */
  /** Every start is from the device's own store: what it needs is in few files. */
  readonly isKept?: true;
  /** Its first questions are asked before its scripts are here. */
  readonly asksEarly?: true;
  readonly app?: { readonly id: string; readonly name: string; readonly orientation?: 'portrait' };
}

export const entryNames = ['home', 'technician', 'board', 'portal', 'admin', 'resident'] as const;
export type EntryName = (typeof entryNames)[number];

export const entries: Record<EntryName, Entry> = {
  home: { name: 'home', base: '/', folder: '.' },
  technician: {
    name: 'technician',
    base: '/app/',
    folder: 'app',
    isKept: true,
    app: { id: '/app/', name: 'Palier', orientation: 'portrait' },
  },
  board: {
    name: 'board',
    base: '/board/',
    folder: 'board',
    asksEarly: true,
    app: { id: '/board/', name: 'Palier board' },
  },
  portal: {
    name: 'portal',
    base: '/portal/',
    folder: 'portal',
    app: { id: '/portal/', name: 'Palier portal' },
  },
  admin: { name: 'admin', base: '/admin/', folder: 'admin' },
  // Also served at /t/, for whoever follows what they reported.
  resident: { name: 'resident', base: '/q/', folder: 'q' },
};

/** What the first picture needs, whoever else needs it too. */
export const start = { name: 'start', tags: ['$initial' as const] };

/** Chunks an entry loads only when asked for: never fetched ahead by its worker. */
export const lazy = /maplibre|pmtiles|-lazy-/;

export function entryNamed(name: string | undefined): Entry {
  const entry = entries[name as EntryName];
  if (!entry) throw new Error(`ENTRY must be one of ${entryNames.join(', ')}; it is "${name}".`);
  return entry;
}
