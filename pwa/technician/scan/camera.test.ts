import { afterEach, expect, test, vi } from 'vitest';
import { Camera } from './camera.svelte.ts';
import type { Read } from './reading.ts';

/** A lens that says whether somebody still looks through it. */
class Lens {
  isOn = false;
  refusal: DOMException | undefined;

  async getUserMedia(): Promise<MediaStream> {
    if (this.refusal) throw this.refusal;
    this.isOn = true;
    return { getTracks: () => [{ stop: () => (this.isOn = false) }] } as unknown as MediaStream;
  }
}

const video = { HAVE_CURRENT_DATA: 2, readyState: 2, srcObject: null, play: async () => undefined } as unknown as HTMLVideoElement;

function lens(): Lens {
  const found = new Lens();
  vi.stubGlobal('navigator', { mediaDevices: found });
  return found;
}

afterEach(() => vi.unstubAllGlobals());

test('looks until there is something to read, and lets go of the lens', async () => {
  const given = lens();
  const read = vi.fn<Read>().mockResolvedValueOnce(undefined).mockResolvedValueOnce('AV-0007-A');
  expect(await new Camera().look(video, read)).toBe('AV-0007-A');
  expect([read.mock.calls.length, given.isOn]).toEqual([2, false]);
});

test('closed, it lets go of the lens and reads no more', async () => {
  const given = lens();
  const camera = new Camera();
  const looking = camera.look(video, async () => undefined);
  await vi.waitFor(() => expect(camera.sight).toBe('looking'));
  camera.stop();
  expect([await looking, given.isOn]).toEqual([undefined, false]);
});

test('without permission it says so, and the code can be typed', async () => {
  lens().refusal = new DOMException('denied', 'NotAllowedError');
  const camera = new Camera();
  expect([await camera.look(video, async () => 'never'), camera.sight]).toEqual([undefined, 'unavailable']);
});
