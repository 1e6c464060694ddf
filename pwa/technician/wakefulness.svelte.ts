// The screen stays on while somebody wants it to: hands that hold a tool cannot wake it.

export type WakeLocks = Pick<WakeLock, 'request'>;

export class Wakefulness {
  #locks: WakeLocks | undefined;
  #isWanted = $state(false);
  #lock: WakeLockSentinel | undefined;

  constructor(locks: WakeLocks | undefined) {
    this.#locks = locks;
  }

  /** False where the browser cannot. */
  get isOffered(): boolean {
    return this.#locks !== undefined;
  }

  get isWanted(): boolean {
    return this.#isWanted;
  }

  async choose(isWanted: boolean): Promise<void> {
    this.#isWanted = isWanted;
    if (isWanted) return this.hold();
    await this.#lock?.release();
  }

  /** Takes the lock again where the system took it back, as it does with every hidden page. */
  async hold(): Promise<void> {
    if (!this.#isWanted || this.#lock?.released === false) return;
    try {
      this.#lock = await this.#locks?.request('screen');
    } catch {
      // A hidden page or a low battery: asked again when the page is looked at next.
      return;
    }
    if (!this.#isWanted) await this.#lock?.release();
  }
}

export const wakefulness = new Wakefulness(globalThis.navigator?.wakeLock);

globalThis.document?.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void wakefulness.hold();
});
