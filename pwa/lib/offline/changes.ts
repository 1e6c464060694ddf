// Tells every tab and the worker of this browser that something was written, so that all of them
// show the same. What was written they read themselves.

export class Changes {
  #name: string;
  #channel: BroadcastChannel | undefined;
  #listeners = new Set<() => void>();

  constructor(name: string) {
    this.#name = name;
  }

  onChange(listen: () => void): () => void {
    this.#open();
    this.#listeners.add(listen);
    return () => this.#listeners.delete(listen);
  }

  announce(): void {
    this.#open().postMessage(null);
    this.#tell();
  }

  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
    this.#listeners.clear();
  }

  #open(): BroadcastChannel {
    if (!this.#channel) {
      this.#channel = new BroadcastChannel(this.#name);
      this.#channel.onmessage = () => this.#tell();
    }
    return this.#channel;
  }

  #tell(): void {
    for (const listen of this.#listeners) listen();
  }
}
