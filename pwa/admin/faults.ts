// What the server says about a form, put at its places and into words.
import type { FieldFault, Problem } from '../lib/api/problem.ts';
import { language, wordFor } from '../lib/i18n/index.ts';

export function faultWords(code: string): string {
  return language.text(`admin.fault.${code}`) ?? wordFor('fault', code);
}

/** The fault of one field, in words. `deep` also takes those of what it is made of. */
export function faultAt(
  problem: Problem | undefined,
  path: string,
  { deep = false }: { deep?: boolean } = {},
): string | undefined {
  const fault = problem?.errors.find((each) => isAt(placeOf(each), path, deep));
  return fault && faultWords(fault.code);
}

/** A path as the form knows it, whatever body it was sent in. */
export function placeOf(fault: FieldFault): string {
  return fault.path
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .replace(/^(data|body)\./, '')
    .replace(/^first_version\./, '');
}

function isAt(place: string, path: string, isDeep: boolean): boolean {
  return place === path || (isDeep && place.startsWith(`${path}.`));
}
