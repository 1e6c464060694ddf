// Answers the page asked for before its scripts were here (build/first_questions.js): each is
// handed out once, to the first who asks the same.

interface Asked {
  /** Device time of the question. */
  readonly at: number;
  readonly answer: Promise<Response>;
}

declare global {
  var palierAsked: Map<string, Asked> | undefined;
}

/** When this was asked: before the scripts were here, or now. */
export function askedAt({ url, method }: Request, now: number): number {
  return (method === 'GET' && globalThis.palierAsked?.get(url)?.at) || now;
}

/** The answer to what was asked early, if it is a good one; else it is asked now. */
export async function fetched(request: Request): Promise<Response> {
  const asked = request.method === 'GET' ? globalThis.palierAsked?.get(request.url) : undefined;
  if (asked === undefined) return globalThis.fetch(request);
  globalThis.palierAsked?.delete(request.url);
  const answer = await asked.answer.catch(() => null);
  return answer?.ok ? answer : globalThis.fetch(request);
}
