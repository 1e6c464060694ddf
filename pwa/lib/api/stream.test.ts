import { expect, test, vi } from 'vitest';
import { type Change, type Source, Stream } from './stream.ts';

class Line implements Source {
  isClosed = false;
  #listeners = new Map<string, (event: MessageEvent<string>) => void>();

  addEventListener(kind: string, listen: (event: MessageEvent<string>) => void): void {
    this.#listeners.set(kind, listen);
  }

  close(): void {
    this.isClosed = true;
  }

  say(kind: string, data: unknown = null): void {
    this.#listeners.get(kind)?.({ data: JSON.stringify(data) } as MessageEvent<string>);
  }
}

function change(seq: number): Change {
  return { seq, kind: 'visit_accepted' } as Change;
}

function connected(missed: Change[] = [], next_cursor: string | null = null) {
  const lines: Line[] = [];
  const waits: number[] = [];
  const retries: (() => void)[] = [];
  const changesAfter = vi.fn(async () => ({ items: missed, next_cursor }));
  const stream = new Stream({
    open: () => {
      const line = new Line();
      lines.push(line);
      return line;
    },
    changesAfter,
    later: (act, wait) => {
      waits.push(wait);
      retries.push(act);
    },
  });
  const seen: number[] = [];
  stream.onChange(({ seq }) => seen.push(seq));
  stream.start();
  return { stream, lines, waits, retries, seen, changesAfter };
}

test('changes are told in order and once', () => {
  const { lines, seen } = connected();
  lines[0]?.say('hello', { seq: 5 });
  for (const seq of [6, 7, 7, 6, 8]) lines[0]?.say('change', change(seq));
  expect(seen).toEqual([6, 7, 8]);
});

test('a first connection has missed nothing', () => {
  const { lines, changesAfter } = connected();
  lines[0]?.say('hello', { seq: 500 });
  expect(changesAfter).not.toHaveBeenCalled();
});

test('what happened while the line was down is told after it is back', async () => {
  const { lines, retries, seen, changesAfter } = connected([change(7), change(8)]);
  lines[0]?.say('hello', { seq: 6 });
  lines[0]?.say('error');
  retries[0]?.();
  lines[1]?.say('hello', { seq: 8 });
  await vi.waitFor(() => expect(seen).toEqual([7, 8]));
  expect(changesAfter).toHaveBeenCalledWith(6);
});

test('too much missed asks for everything to be read again', async () => {
  const { stream, lines, retries } = connected([change(7)], '7');
  const gap = vi.fn();
  stream.onGap(gap);
  lines[0]?.say('hello', { seq: 6 });
  lines[0]?.say('error');
  retries[0]?.();
  lines[1]?.say('hello', { seq: 900 });
  await vi.waitFor(() => expect(gap).toHaveBeenCalledTimes(1));
});

test('a line that fails is tried again, later and later', () => {
  const { lines, waits, retries } = connected();
  for (const attempt of [0, 1, 2]) {
    lines[attempt]?.say('error');
    retries[attempt]?.();
  }
  expect(lines).toHaveLength(4);
  expect(lines[0]?.isClosed).toBe(true);
  expect(waits[2]).toBeGreaterThan(waits[0]!);
});

test('pages are told whether the line is up', () => {
  const { stream, lines } = connected();
  const states: boolean[] = [];
  stream.onLive((isLive) => states.push(isLive));
  lines[0]?.say('hello', { seq: 1 });
  lines[0]?.say('error');
  expect(states).toEqual([true, false]);
});

test('a stopped stream stays down', () => {
  const { stream, lines, retries } = connected();
  lines[0]?.say('error');
  stream.stop();
  retries[0]?.();
  expect(lines).toHaveLength(1);
});
