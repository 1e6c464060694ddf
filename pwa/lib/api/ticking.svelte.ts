// An instant that moves on the screen once a second while somebody looks at it.
// What the time is comes from clock.ts.

import { createSubscriber } from 'svelte/reactivity';
import { clock } from './clock.ts';

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 1000);
  const stop = clock.onChange(update);
  return () => {
    clearInterval(timer);
    stop();
  };
});

let held = $state<number | null>(null);

export const ticking = {
  /** Whether the screen shows a past instant that stands still. */
  get isHeld(): boolean {
    return held !== null;
  },

  /** Lets the screen show an instant of the past (milliseconds), or the present again with null. */
  hold(instant: number | null): void {
    held = instant;
  },

  /** The server's time; reading it in a component redraws that part every second. */
  get now(): Date {
    if (held !== null) return new Date(held);
    subscribe();
    return clock.now();
  },
};
