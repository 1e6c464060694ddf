// An in-memory server for tests: answers with what it was given, remembers what it was asked.
// Never imported by a page.
import { Problem } from '../../../lib/api/problem.ts';
import type { AgreementsGateway } from '../gateway.ts';

export interface Asked {
  readonly call: keyof AgreementsGateway;
  readonly given: readonly unknown[];
}

export interface Twin extends AgreementsGateway {
  readonly asked: readonly Asked[];
}

/** A call without an answer is a fault of the test and says so. */
export function twin(answers: Partial<AgreementsGateway>): Twin {
  const asked: Asked[] = [];
  return new Proxy(answers, {
    get(target, call: keyof AgreementsGateway | 'asked') {
      if (call === 'asked') return asked;
      return (...given: unknown[]) => {
        asked.push({ call, given });
        const answer = target[call] as ((...given: unknown[]) => unknown) | undefined;
        if (answer === undefined) throw new Error(`the twin was not told how to ${call}`);
        return answer(...given);
      };
    },
  }) as unknown as Twin;
}

export function refusal(code: string, status = 409, more: Record<string, unknown> = {}): Problem {
  return new Problem({ code, ...more }, status);
}
