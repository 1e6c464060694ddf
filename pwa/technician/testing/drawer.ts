// A place for drafts that only lasts as long as the test.

import type { DraftShelf } from '../drafts.svelte.ts';

export class Drawer implements DraftShelf {
  readonly kept = new Map<string, unknown>();

  async draft<T>(name: string): Promise<T | undefined> {
    return this.kept.get(name) as T | undefined;
  }

  async keepDraft(name: string, draft: unknown): Promise<void> {
    this.kept.set(name, draft);
  }

  async forgetDraft(name: string): Promise<void> {
    this.kept.delete(name);
  }
}
