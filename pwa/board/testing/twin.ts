// An in-memory server for tests: answers with what it was given, remembers what it was asked.
// Never imported by a page.
import { Problem } from '../../lib/api/problem.ts';
import type { BoardGateway } from '../gateway.ts';

type Answers = { [Call in keyof BoardGateway]?: BoardGateway[Call] };

export interface Asked {
  readonly call: keyof BoardGateway;
  readonly given: readonly unknown[];
}

export interface Twin extends BoardGateway {
  readonly asked: readonly Asked[];
}

/** A call without an answer is a fault of the test and says so. */
export function twin(answers: Answers): Twin {
  const asked: Asked[] = [];
  const handler: ProxyHandler<Answers> = {
    get(target, call: keyof BoardGateway | 'asked') {
      if (call === 'asked') return asked;
      return (...given: unknown[]) => {
        asked.push({ call, given });
        const answer = target[call] as ((...given: unknown[]) => unknown) | undefined;
        if (answer === undefined) throw new Error(`the twin was not told how to ${call}`);
        return answer(...given);
      };
    },
  };
  return new Proxy(answers, handler) as unknown as Twin;
}

export function refusal(code: string, status = 409): Problem {
  return new Problem({ code }, status);
}

/** An answer that comes when the test says so. */
export function promised<T>(): { answer: Promise<T>; give: (value: T) => void } {
  let give: (value: T) => void = () => undefined;
  const answer = new Promise<T>((resolve) => (give = resolve));
  return { answer, give };
}
