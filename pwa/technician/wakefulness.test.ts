import { expect, test } from 'vitest';
import { Wakefulness, type WakeLocks } from './wakefulness.svelte.ts';

class Screen implements WakeLocks {
  readonly held: { released: boolean }[] = [];
  isRefusing = false;

  async request(): Promise<WakeLockSentinel> {
    if (this.isRefusing) throw new DOMException('hidden', 'NotAllowedError');
    const lock = { released: false, release: async () => void (lock.released = true) };
    this.held.push(lock);
    return lock as unknown as WakeLockSentinel;
  }

  get isOn(): boolean {
    return this.held.some(({ released }) => !released);
  }
}

test('the screen stays on once somebody asks for it, and only until they no longer do', async () => {
  const screen = new Screen();
  const wakefulness = new Wakefulness(screen);
  await wakefulness.hold();
  expect(screen.isOn).toBe(false);
  await wakefulness.choose(true);
  expect(screen.isOn).toBe(true);
  await wakefulness.choose(false);
  expect([screen.isOn, wakefulness.isWanted]).toEqual([false, false]);
});

test('a lock the system took back is taken again, one that is held is not taken twice', async () => {
  const screen = new Screen();
  const wakefulness = new Wakefulness(screen);
  await wakefulness.choose(true);
  await wakefulness.hold();
  expect(screen.held).toHaveLength(1);
  screen.held[0]!.released = true;
  await wakefulness.hold();
  expect(screen.isOn).toBe(true);
});

test('a screen that may not stay on now is asked again later', async () => {
  const screen = new Screen();
  screen.isRefusing = true;
  const wakefulness = new Wakefulness(screen);
  await wakefulness.choose(true);
  screen.isRefusing = false;
  await wakefulness.hold();
  expect(screen.isOn).toBe(true);
});

test('where the browser cannot, nothing is offered', () => {
  expect(new Wakefulness(undefined).isOffered).toBe(false);
});
