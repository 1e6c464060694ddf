// The theme somebody chose on this device; without a choice the device decides.

export const themes = ['auto', 'light', 'dark', 'sun'] as const;
export type ThemeName = (typeof themes)[number];

const storageKey = 'palier.theme';

export class Theme {
  #name = $state<ThemeName>('auto');

  get name(): ThemeName {
    return this.#name;
  }

  /** Takes up the choice made last on this device. */
  start(): void {
    const stored = globalThis.localStorage?.getItem(storageKey);
    this.#show(themes.find((name) => name === stored) ?? 'auto');
  }

  choose(name: ThemeName): void {
    globalThis.localStorage?.setItem(storageKey, name);
    this.#show(name);
  }

  #show(name: ThemeName): void {
    this.#name = name;
    const page = globalThis.document?.documentElement;
    if (name === 'auto') page?.removeAttribute('data-theme');
    else page?.setAttribute('data-theme', name);
  }
}

export const theme = new Theme();
