import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Toasts } from './toasts.svelte.ts';

describe('a toast', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('goes away by itself after seven seconds', () => {
    const toasts = new Toasts();
    toasts.show('Sent');
    vi.advanceTimersByTime(6_999);
    expect(toasts.current?.text).toBe('Sent');
    vi.advanceTimersByTime(1);
    expect(toasts.current).toBeUndefined();
  });

  it('undoes once and disappears', () => {
    const toasts = new Toasts();
    const undo = vi.fn();
    toasts.show('Sent', undo);
    toasts.undo();
    toasts.undo();
    expect(undo).toHaveBeenCalledOnce();
    expect(toasts.current).toBeUndefined();
  });

  it('gives a new message its full time', () => {
    const toasts = new Toasts();
    toasts.show('First');
    vi.advanceTimersByTime(6_000);
    toasts.show('Second');
    vi.advanceTimersByTime(6_000);
    expect(toasts.current?.text).toBe('Second');
  });

  it('stays while somebody holds it', () => {
    const toasts = new Toasts();
    toasts.show('Sent');
    toasts.hold();
    vi.advanceTimersByTime(60_000);
    expect(toasts.current?.text).toBe('Sent');
    toasts.release();
    vi.advanceTimersByTime(7_000);
    expect(toasts.current).toBeUndefined();
  });
});
