import { describe, expect, it } from 'vitest';
import { coalesced } from './coalesced.ts';

/** An errand whose answers are given by hand. */
function slowErrand(): { errand: () => Promise<void>; started: () => number; answer: () => void } {
  const waiting: (() => void)[] = [];
  let started = 0;
  return {
    errand: () => {
      started += 1;
      return new Promise((resolve) => waiting.push(resolve));
    },
    started: () => started,
    answer: () => waiting.shift()?.(),
  };
}

describe('wishes for news', () => {
  it('that come during an errand lead to exactly one more', async () => {
    const { errand, started, answer } = slowErrand();
    const refresh = coalesced(errand);
    const first = refresh();
    const later = [refresh(), refresh(), refresh()];
    expect(started()).toBe(1);
    answer();
    await first;
    await Promise.resolve();
    expect(started()).toBe(2);
    answer();
    await Promise.all(later);
    expect(started()).toBe(2);
  });

  it('that come after an errand start a new one at once', async () => {
    const { errand, started, answer } = slowErrand();
    const refresh = coalesced(errand);
    const first = refresh();
    answer();
    await first;
    void refresh();
    expect(started()).toBe(2);
  });

  it('survive an errand that failed', async () => {
    let tries = 0;
    const refresh = coalesced(() => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('away')) : Promise.resolve();
    });
    const first = refresh();
    const second = refresh();
    await expect(first).rejects.toThrow('away');
    await second;
    expect(tries).toBe(2);
  });
});
