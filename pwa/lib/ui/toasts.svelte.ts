// One short message at a time, with an undo while it is still true. The component draws it.

export interface Toast {
  readonly text: string;
  /** Present only while undoing really cancels what was done. */
  readonly undo?: (() => void) | undefined;
  /** What else can be done about it now. */
  readonly also?: Also | undefined;
}

export interface Also {
  readonly words: string;
  readonly run: () => void;
}

const SHOWN_MILLISECONDS = 7_000;

export class Toasts {
  #current = $state.raw<Toast>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  get current(): Toast | undefined {
    return this.#current;
  }

  show(text: string, undo?: () => void, also?: Also): void {
    this.#current = { text, undo, also };
    this.#startTimer();
  }

  undo(): void {
    const undo = this.#current?.undo;
    this.dismiss();
    undo?.();
  }

  also(): void {
    const also = this.#current?.also;
    this.dismiss();
    also?.run();
  }

  /** What was done has gone out: it can no longer be undone, so it is no longer offered. */
  dismiss(): void {
    clearTimeout(this.#timer);
    this.#current = undefined;
  }

  /** Somebody is reading or reaching for the button: do not pull it away. */
  hold(): void {
    clearTimeout(this.#timer);
  }

  release(): void {
    if (this.#current) this.#startTimer();
  }

  #startTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.dismiss(), SHOWN_MILLISECONDS);
  }
}

export const toasts = new Toasts();
