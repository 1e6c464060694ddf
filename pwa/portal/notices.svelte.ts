// What a manager was told, newest first, and what of it is still unread.

import { Problem } from '../lib/api/index.ts';
import type { Face } from '../lib/ui/Faces.svelte';
import { faceOf } from '../lib/ui/problems.ts';
import { coalesced } from './coalesced.ts';
import type { Gateway } from './gateway.ts';
import type { Notice } from './wire.ts';

export class Notices {
  readonly refresh: () => Promise<void>;
  #gateway: Pick<Gateway, 'notices' | 'markRead'>;
  #items = $state.raw<Notice[]>();
  #readUpTo = $state(0);
  #problem = $state.raw<Problem>();

  constructor(gateway: Pick<Gateway, 'notices' | 'markRead'>) {
    this.#gateway = gateway;
    this.refresh = coalesced(() => this.#load());
  }

  get face(): Face {
    if (this.#items) return this.#items.length === 0 ? 'empty' : 'ready';
    if (!this.#problem) return 'loading';
    return faceOf(this.#problem);
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  get items(): readonly Notice[] {
    return this.#items ?? [];
  }

  get unread(): number {
    return this.items.filter((notice) => this.isUnread(notice)).length;
  }

  isUnread(notice: Notice): boolean {
    return !notice.is_read && notice.seq > this.#readUpTo;
  }

  /** Everything on the list has been seen. Shown at once; the server is told, or told next time. */
  async markAllRead(): Promise<void> {
    const newest = Math.max(0, ...this.items.map((notice) => notice.seq));
    if (this.unread === 0) return;
    const before = this.#readUpTo;
    this.#readUpTo = newest;
    try {
      await this.#gateway.markRead(newest);
    } catch {
      this.#readUpTo = before;
    }
  }

  forget(): void {
    this.#items = undefined;
    this.#problem = undefined;
    this.#readUpTo = 0;
  }

  async #load(): Promise<void> {
    try {
      this.#items = await this.#gateway.notices();
      this.#problem = undefined;
    } catch (error) {
      this.#problem = Problem.from(error);
    }
  }
}
