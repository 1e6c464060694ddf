// The browser's offer to install the app: it comes early and once, so it is kept until it is wanted.

interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

class Installation {
  #offer = $state.raw<InstallOffer>();

  listen(): void {
    addEventListener('beforeinstallprompt', (event) => {
      // Asked when somebody wants to, not over the work.
      event.preventDefault();
      this.#offer = event as InstallOffer;
    });
    addEventListener('appinstalled', () => (this.#offer = undefined));
  }

  get isOffered(): boolean {
    return this.#offer !== undefined;
  }

  async take(): Promise<void> {
    const offer = this.#offer;
    // It can be taken once only.
    this.#offer = undefined;
    await offer?.prompt();
  }
}

export const installation = new Installation();
