// Where the keyboard is while a panel is open: taken to it, kept in it, given back afterwards.

export class PanelFocus {
  #before: Element | null = null;
  #isHeld = false;
  readonly #page: Document;

  constructor(page: Document) {
    this.#page = page;
  }

  /** Goes to the panel, and remembers where it came from. */
  take(panel: HTMLElement): void {
    const here = this.#page.activeElement;
    if (!panel.contains(here)) this.#before = here;
    panel.focus({ preventScroll: true });
    this.#isHeld = true;
  }

  /** Somebody went somewhere: into the panel, or out of it. */
  moved(panel: HTMLElement): void {
    this.#isHeld = panel.contains(this.#page.activeElement);
  }

  /** Stays in the panel when what had the focus is gone. */
  keep(panel: HTMLElement): void {
    const isLost = this.#page.activeElement === this.#page.body;
    if (isLost && this.#isHeld) panel.focus({ preventScroll: true });
  }

  /** Back to where it came from, unless somebody went elsewhere meanwhile. */
  giveBack(): void {
    const isBack = this.#before instanceof HTMLElement && this.#before.isConnected;
    if (this.#isHeld && isBack) (this.#before as HTMLElement).focus({ preventScroll: true });
  }
}
