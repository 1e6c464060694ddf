// A report that could not be sent yet, kept on this device under the key it will be sent with.

import type { Report } from './gateway.ts';

export interface Kept {
  readonly report: Report;
  readonly key: string;
}

export interface Keeping {
  read(): Kept | undefined;
  write(kept: Kept): void;
  clear(): void;
}

const NAME = 'palier.resident.report';

export const keeping: Keeping = {
  read() {
    try {
      const text = localStorage.getItem(NAME);
      return text === null ? undefined : (JSON.parse(text) as Kept);
    } catch {
      return undefined;
    }
  },
  write(kept) {
    try {
      localStorage.setItem(NAME, JSON.stringify(kept));
    } catch {
      // No room for the photos: the words are what matters, and the page still holds all of it.
      try {
        localStorage.setItem(NAME, JSON.stringify({ ...kept, report: { ...kept.report, photos: [] } }));
      } catch {
        // A browser that keeps nothing: as long as the page is open it is all here.
      }
    }
  },
  clear() {
    try {
      localStorage.removeItem(NAME);
    } catch {
      // Nothing was kept.
    }
  },
};
