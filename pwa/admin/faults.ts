// What the server says about a form, put at its places and into words.
import { type FieldFault, Problem } from '../lib/api/problem.ts';
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

/** Refuses before the server is asked: what has to be said and was left empty, by path. */
export function requireSaid(values: Readonly<Record<string, string>>): void {
  const empty = Object.keys(values).filter((path) => values[path]!.trim() === '');
  const errors = empty.map((path) => ({ path, code: 'missing', detail: '' }));
  if (errors.length > 0) throw new Problem({ code: 'invalid', errors }, 422);
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
