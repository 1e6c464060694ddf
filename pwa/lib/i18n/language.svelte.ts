// The reader's language and its texts. How dates and durations are written is in format.ts.

import type { Messages } from '../../generated/messages.ts';
import { type Facts, fill } from './text.ts';

export const languageTags = ['en', 'fr', 'es', 'nl'] as const;
export type LanguageTag = (typeof languageTags)[number];
export type MessageKey = keyof Messages;
export type Catalogues = Record<LanguageTag, () => Promise<Record<string, string>>>;

/** Each language in its own words, for the picker. */
export const languageNames: Record<LanguageTag, string> = {
  en: 'English',
  fr: 'Français',
  es: 'Español',
  nl: 'Nederlands',
};

const storageKey = 'palier.language';

class Language {
  #tag = $state<LanguageTag>('en');
  #texts = $state.raw<Record<string, string>>({});
  #catalogues: Catalogues | undefined;

  get tag(): LanguageTag {
    return this.#tag;
  }

  /** Loads the texts of the language chosen last, else of the device. */
  async start(catalogues: Catalogues): Promise<void> {
    this.#catalogues = catalogues;
    await this.#load(rememberedTag() ?? deviceTag());
  }

  /** Changes every text on the page and remembers the choice on this device. */
  async change(tag: LanguageTag): Promise<void> {
    if (tag !== this.#tag || Object.keys(this.#texts).length === 0) await this.#load(tag);
    globalThis.localStorage?.setItem(storageKey, tag);
  }

  /** Takes the account's language, unless somebody chose one on this device. */
  async adopt(tag: LanguageTag): Promise<void> {
    if (rememberedTag() === undefined && tag !== this.#tag) await this.#load(tag);
  }

  text(key: string): string | undefined {
    return this.#texts[key];
  }

  async #load(tag: LanguageTag): Promise<void> {
    if (!this.#catalogues) throw new Error('language.start has not been called');
    this.#texts = await this.#catalogues[tag]();
    this.#tag = tag;
    if (globalThis.document) document.documentElement.lang = tag;
  }
}

export const language = new Language();

type Arguments<K extends MessageKey> = Messages[K] extends undefined ? [] : [Messages[K]];

/** The text of a key in the reader's language. */
export function t<K extends MessageKey>(key: K, ...[facts]: Arguments<K>): string {
  return fill(language.text(key) ?? key, (facts ?? {}) as Facts, language.tag);
}

/**
 * Words for a code the server sent; `family` is the prefix of the keys, such as `problem`.
 * A code this page does not know yet is shown through `FAMILY.unknown`, never raw on its own.
 */
export function wordFor(family: string, code: string, facts: Facts = {}): string {
  const text = language.text(`${family}.${code}`) ?? language.text(`${family}.unknown`);
  return text === undefined ? code : fill(text, { code, ...facts }, language.tag);
}

export function isLanguageTag(value: unknown): value is LanguageTag {
  return languageTags.some((tag) => tag === value);
}

function rememberedTag(): LanguageTag | undefined {
  const stored = globalThis.localStorage?.getItem(storageKey);
  return isLanguageTag(stored) ? stored : undefined;
}

function deviceTag(): LanguageTag {
  const wanted = globalThis.navigator?.languages ?? [];
  return wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguageTag) ?? 'en';
}
