// A file on its way in: looked at, then written as it was looked at, or not at all.
import { Deed } from '../../lib/api/deed.svelte.ts';
import type { ImportsGateway, Kind, Looked } from './gateway.ts';

export class Importing {
  readonly deed = new Deed();
  #looked = $state.raw<Looked>();
  #content = '';
  #kind: Kind = 'sites';
  readonly #gateway: ImportsGateway;

  constructor(gateway: ImportsGateway) {
    this.#gateway = gateway;
  }

  /** What the file would do; none until it was looked at. */
  get looked(): Looked | undefined {
    return this.#looked;
  }

  /** How many rows would be written. */
  get count(): number {
    const looked = this.#looked;
    return looked === undefined || looked.fault_count > 0 ? 0 : looked.added + looked.changed;
  }

  forget(): void {
    this.#looked = undefined;
    this.deed.forget();
  }

  async look(kind: Kind, file: Blob): Promise<void> {
    this.forget();
    this.#kind = kind;
    this.#content = base64(new Uint8Array(await file.arrayBuffer()));
    await this.deed.run(async (key) => {
      this.#looked = await this.#gateway.send(kind, this.#content, null, key);
    });
  }

  /** What was written; none where it was refused. */
  async write(): Promise<Looked | undefined> {
    const looked = this.#looked;
    if (looked === undefined || this.count === 0) return undefined;
    let written: Looked | undefined;
    await this.deed.run(async (key) => {
      written = await this.#gateway.send(this.#kind, this.#content, looked.fingerprint, key);
    });
    if (written?.is_written === false) this.#looked = written;
    else if (written !== undefined) this.#looked = undefined;
    return written?.is_written ? written : undefined;
  }
}

function base64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  }
  return btoa(pieces.join(''));
}
