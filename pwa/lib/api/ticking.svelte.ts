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

export const ticking = {
  /** The server's time; reading it in a component redraws that part every second. */
  get now(): Date {
    subscribe();
    return clock.now();
  },
};
