// Live changes from the server, with nothing missed between two connections.
// What a change means to a page is the page's business.

import { answerOf, api, type Schemas } from './client.ts';

export type Change = Schemas['EventOut'];

/** The part of EventSource used here, so that tests can bring their own. */
export interface Source {
  addEventListener(kind: string, listen: (event: MessageEvent<string>) => void): void;
  close(): void;
}

export interface StreamParts {
  readonly open: (address: string) => Source;
  readonly changesAfter: (seq: number) => Promise<{ items: Change[]; next_cursor?: string | null }>;
  readonly later: (act: () => void, milliseconds: number) => unknown;
}

const parts: StreamParts = {
  open: (address) => new EventSource(address),
  changesAfter: (after) =>
    answerOf(api.GET('/api/events', { params: { query: { after, limit: 200 } } })),
  later: (act, milliseconds) => setTimeout(act, milliseconds),
};

const shortestWait = 1_000;
const longestWait = 30_000;

export class Stream {
  #parts: StreamParts;
  #source: Source | undefined;
  #isWanted = false;
  #seen = 0;
  #wait = shortestWait;
  #changeListeners = new Set<(change: Change) => void>();
  #gapListeners = new Set<() => void>();
  #liveListeners = new Set<(isLive: boolean) => void>();

  constructor(given: StreamParts = parts) {
    this.#parts = given;
  }

  /** Called with every change, in order, each once. */
  onChange(listen: (change: Change) => void): () => void {
    this.#changeListeners.add(listen);
    return () => this.#changeListeners.delete(listen);
  }

  /** Called when changes may have been missed: read everything again. */
  onGap(listen: () => void): () => void {
    this.#gapListeners.add(listen);
    return () => this.#gapListeners.delete(listen);
  }

  onLive(listen: (isLive: boolean) => void): () => void {
    this.#liveListeners.add(listen);
    return () => this.#liveListeners.delete(listen);
  }

  /** Connects; `seen` is the last change already on the page, so what follows it is told. */
  start(seen = 0): void {
    this.#seen = Math.max(this.#seen, seen);
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#connect();
  }

  stop(): void {
    this.#isWanted = false;
    this.#source?.close();
    this.#source = undefined;
  }

  #connect(): void {
    if (!this.#isWanted) return;
    const source = this.#parts.open('/api/stream');
    this.#source = source;
    source.addEventListener('hello', (event) => void this.#greet(source, event.data));
    source.addEventListener('change', (event) => this.#tell(JSON.parse(event.data) as Change));
    source.addEventListener('error', () => this.#retry(source));
  }

  async #greet(source: Source, data: string): Promise<void> {
    const { seq } = JSON.parse(data) as { seq: number };
    this.#wait = shortestWait;
    this.#announce(true);
    if (this.#seen === 0) this.#seen = seq;
    if (seq <= this.#seen) return;
    try {
      const missed = await this.#parts.changesAfter(this.#seen);
      if (missed.next_cursor) throw new Error('more was missed than is worth replaying');
      if (this.#source === source) for (const change of missed.items) this.#tell(change);
    } catch {
      this.#seen = Math.max(this.#seen, seq);
      for (const listen of this.#gapListeners) listen();
    }
  }

  #tell(change: Change): void {
    if (change.seq <= this.#seen) return;
    this.#seen = change.seq;
    for (const listen of this.#changeListeners) listen(change);
  }

  /** The browser would try again by itself, except after a refusal; so we always do. */
  #retry(source: Source): void {
    if (this.#source !== source) return;
    source.close();
    this.#source = undefined;
    this.#announce(false);
    this.#parts.later(() => this.#connect(), this.#wait * (0.5 + Math.random() / 2));
    this.#wait = Math.min(this.#wait * 2, longestWait);
  }

  #announce(isLive: boolean): void {
    for (const listen of this.#liveListeners) listen(isLive);
  }
}

export const stream = new Stream();
