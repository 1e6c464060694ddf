// A refusal as one sentence to the person who must act. The sentences are in messages/.

import type { Problem } from '../api/index.ts';
import { wordFor } from '../i18n/index.ts';

export function problemText(problem: Problem): string {
  return wordFor('problem', problem.code, plainFacts(problem.facts));
}

/** What the server says about one field of a form, in words; undefined when it is content. */
export function fieldText(problem: Problem | undefined, path: string): string | undefined {
  const fault = problem?.errors.find((error) => error.path === path || error.path.endsWith(`.${path}`));
  return fault && wordFor('fault', fault.code);
}

function plainFacts(facts: Readonly<Record<string, unknown>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(facts).filter(
      (fact): fact is [string, string | number] =>
        typeof fact[1] === 'string' || typeof fact[1] === 'number',
    ),
  );
}

/** Nobody answered, or the answer was no: the two faces of a list that could not be fetched. */
export function faceOf(problem: Problem): 'offline' | 'failed' {
  return problem.status === 0 ? 'offline' : 'failed';
}
