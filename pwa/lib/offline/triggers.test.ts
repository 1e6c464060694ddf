// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stream } from '../api/stream.ts';
import { onLeave, onWake } from './triggers.ts';

const heard = { change: [] as (() => void)[], gap: [] as (() => void)[], live: [] as ((isLive: boolean) => void)[] };
const worker = new EventTarget();
const wake = vi.fn();
let stop: () => void;

function visible(state: DocumentVisibilityState): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', { serviceWorker: worker });
  for (const each of Object.values(heard)) each.length = 0;
  const kept = <T>(list: T[]) => (listen: T) => {
    list.push(listen);
    return () => void list.splice(list.indexOf(listen), 1);
  };
  vi.spyOn(stream, 'onChange').mockImplementation(kept(heard.change) as never);
  vi.spyOn(stream, 'onGap').mockImplementation(kept(heard.gap) as never);
  vi.spyOn(stream, 'onLive').mockImplementation(kept(heard.live) as never);
  visible('visible');
  wake.mockReset();
  stop = onWake(wake);
});

afterEach(() => {
  stop();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const occasions: Record<string, () => void> = {
  'the network is back': () => dispatchEvent(new Event('online')),
  'the network is gone': () => dispatchEvent(new Event('offline')),
  'the page is shown again': () => dispatchEvent(new Event('pageshow')),
  'somebody comes back to it': () => dispatchEvent(new Event('focus')),
  'the phone is unlocked': () => document.dispatchEvent(new Event('visibilitychange')),
  'the worker was pushed to or has sent': () => worker.dispatchEvent(new Event('message')),
  'the office tells of a change': () => heard.change[0]?.(),
  'something of it was missed': () => heard.gap[0]?.(),
  'the line to the office stands again': () => heard.live[0]?.(true),
  'a minute has passed': () => vi.advanceTimersByTime(60_000),
};

test.each(Object.entries(occasions))('wakes when %s, and no more once stopped', (_name, happens) => {
  happens();
  expect(wake).toHaveBeenCalledTimes(1);
  stop();
  happens();
  expect(wake).toHaveBeenCalledTimes(1);
});

test('is left alone in a pocket, and when the line breaks', () => {
  visible('hidden');
  occasions['a minute has passed']!();
  occasions['the phone is unlocked']!();
  heard.live[0]!(false);
  expect(wake).not.toHaveBeenCalled();
});

test('what could still be taken back is told to go when the page goes', () => {
  const leave = vi.fn();
  const end = onLeave(leave);
  dispatchEvent(new Event('pagehide'));
  end();
  dispatchEvent(new Event('pagehide'));
  expect(leave).toHaveBeenCalledTimes(1);
});
