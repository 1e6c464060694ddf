// The typed client: every call to the API goes through here and ends as data or as a Problem.
// Who is signed in is in session.svelte.ts; live changes come through stream.ts.

import createClient, { type Middleware } from 'openapi-fetch';
import { type Clock, clock } from './clock.ts';
import { askedAt as firstAskedAt, fetched } from './early.ts';
import { Problem } from './problem.ts';
import type { components, paths } from './schema.d.ts';

export type Schemas = components['schemas'];

const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** What a client needs from the page around it; a worker brings its own. */
export class Credentials {
  csrf: string | undefined;
  #signedOutListeners = new Set<() => void>();

  onSignedOut(listen: () => void): () => void {
    this.#signedOutListeners.add(listen);
    return () => this.#signedOutListeners.delete(listen);
  }

  signedOut(): void {
    for (const listen of this.#signedOutListeners) listen();
  }
}

export const credentials = new Credentials();

export function makeClient(held: Credentials, time: Clock) {
  const client = createClient<paths>({
    baseUrl: globalThis.location?.origin ?? 'http://palier.invalid',
    // Asked at each call, so that tests may put a server of their own in its place.
    fetch: fetched,
    credentials: 'same-origin',
  });
  client.use(conventions(held, time));
  return client;
}

function conventions(held: Credentials, time: Clock): Middleware {
  const askedAt = new WeakMap<Request, number>();
  return {
    onRequest({ request }) {
      if (unsafe.has(request.method)) {
        if (held.csrf) request.headers.set('X-CSRF-Token', held.csrf);
        if (request.method === 'POST' && !request.headers.has('Idempotency-Key'))
          request.headers.set('Idempotency-Key', crypto.randomUUID());
      }
      askedAt.set(request, firstAskedAt(request, time.asking()));
      return request;
    },
    async onResponse({ request, response, schemaPath }) {
      time.learn(response, askedAt.get(request) ?? Date.now());
      if (response.ok) return;
      // A wrong password is answered 401 too, and is no reason to forget who was here.
      if (response.status === 401 && schemaPath !== '/api/session') held.signedOut();
      throw new Problem(await body(response), response.status);
    },
    onError({ error }) {
      // An abort is the page's own wish; everything else means nobody answered.
      if (error instanceof DOMException && error.name === 'AbortError') return error;
      return Problem.offline();
    },
  };
}

async function body(response: Response): Promise<Record<string, unknown>> {
  try {
    const parsed: unknown = await response.json();
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

export const api = makeClient(credentials, clock);

/** The answer of a call; a refusal or silence is thrown as a Problem before this. */
export async function answerOf<T>(call: Promise<{ data?: T | undefined }>): Promise<T> {
  return (await call).data as T;
}

/** The header for a change that must not overwrite somebody else's. */
export function ifVersion(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` };
}
