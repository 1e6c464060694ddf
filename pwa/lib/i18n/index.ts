// What pages use to speak: texts, formats, the language itself.

export * from './format.ts';
export {
  isLanguageTag,
  language,
  languageNames,
  type LanguageTag,
  languageTags,
  type MessageKey,
  t,
  wordFor,
} from './language.svelte.ts';
export { readableFact, type Reason, reasonWords, skillWord, UNSAID } from './reasons.ts';
