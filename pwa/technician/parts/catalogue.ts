// Finding a part in the catalogue the phone carries, without a connection.

import type { Schemas } from '../../lib/api/client.ts';
import type { LanguageTag } from '../../lib/i18n/index.ts';
import type { Uses } from './uses.ts';

export type Part = Schemas['PartOut'];

/** What is shown at once; more is found by a longer word. */
const SHOWN = 8;

/** The parts that have every word in name or code; those used most come first. */
export function found(parts: readonly Part[], query: string, uses: Uses, language: LanguageTag): Part[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const isMeant = (part: Part): boolean => {
    const text = plain(`${part.code} ${nameOf(part, language)}`);
    return words.every((word) => text.includes(word));
  };
  return parts
    .filter((part) => !part.is_withdrawn && (words.length > 0 || (uses[part.code] ?? 0) > 0) && isMeant(part))
    .sort((one, other) => (uses[other.code] ?? 0) - (uses[one.code] ?? 0) || one.code.localeCompare(other.code))
    .slice(0, SHOWN);
}

export function nameOf({ names }: Pick<Part, 'names'>, language: LanguageTag): string {
  return names[language] || names.en;
}

/** A quantity as it is typed, with a point or a comma; undefined where it is none. */
export function quantityOf(text: string): string | undefined {
  const written = text.trim().replace(',', '.');
  return /^\d{1,6}(\.\d{1,3})?$/.test(written) && Number(written) > 0 ? written : undefined;
}

/** Without accents and in small letters, as people type on a phone. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
