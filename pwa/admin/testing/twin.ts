// An in-memory server for tests: answers with what it was given, remembers what it was asked.
// Never imported by a page.
import { Problem } from '../../lib/api/problem.ts';

export interface Asked {
  readonly call: PropertyKey;
  readonly given: readonly unknown[];
}

/** A call without an answer is a fault of the test and says so. */
export function twin<Gateway extends object>(
  answers: Partial<Gateway>,
): Gateway & { readonly asked: readonly Asked[] } {
  const asked: Asked[] = [];
  return new Proxy(answers, {
    get(target, call) {
      if (call === 'asked') return asked;
      return (...given: unknown[]) => {
        asked.push({ call, given });
        const answer = target[call as keyof Gateway] as ((...given: unknown[]) => unknown) | undefined;
        if (answer === undefined) throw new Error(`the twin was not told how to ${String(call)}`);
        return answer(...given);
      };
    },
  }) as unknown as Gateway & { readonly asked: readonly Asked[] };
}

export function refusal(code: string, status = 409): Problem {
  return new Problem({ code }, status);
}
