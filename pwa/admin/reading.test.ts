import { expect, it, vi } from 'vitest';
import { reading } from './reading.ts';

it('reads when a page opens and when the connection is back, until it is left', () => {
  const network = new EventTarget();
  vi.stubGlobal('addEventListener', network.addEventListener.bind(network));
  vi.stubGlobal('removeEventListener', network.removeEventListener.bind(network));
  const read = vi.fn(async () => undefined);
  const stop = reading(read);
  expect(read).toHaveBeenCalledTimes(1);
  network.dispatchEvent(new Event('online'));
  expect(read).toHaveBeenCalledTimes(2);
  stop();
  network.dispatchEvent(new Event('online'));
  expect(read).toHaveBeenCalledTimes(2);
});
