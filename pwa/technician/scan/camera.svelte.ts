// The camera behind a label: looks until it has read something, and lets go of the lens after.

import type { Read } from './reading.ts';

export type Sight = 'starting' | 'looking' | 'unavailable';

const PAUSE_MILLISECONDS = 120;

export class Camera {
  #sight = $state<Sight>('starting');
  #stream: MediaStream | undefined;
  #isStopped = false;

  get sight(): Sight {
    return this.#sight;
  }

  /** Shows the camera's picture in the video and gives what was read; undefined once stopped. */
  async look(video: HTMLVideoElement, read: Read): Promise<string | undefined> {
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (this.#isStopped) return void this.#letGo();
      video.srcObject = this.#stream;
      await video.play();
      this.#sight = 'looking';
      return await this.#read(video, read);
    } catch {
      // No camera, no permission, or no secure address: the code can always be typed.
      if (!this.#isStopped) this.#sight = 'unavailable';
      return undefined;
    } finally {
      this.#letGo();
    }
  }

  stop(): void {
    this.#isStopped = true;
    this.#letGo();
  }

  async #read(video: HTMLVideoElement, read: Read): Promise<string | undefined> {
    while (!this.#isStopped) {
      const text = video.readyState >= video.HAVE_CURRENT_DATA ? await read(video) : undefined;
      if (text !== undefined) return text;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
    return undefined;
  }

  #letGo(): void {
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = undefined;
  }
}
