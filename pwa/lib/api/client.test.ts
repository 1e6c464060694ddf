import { expect, test, vi } from 'vitest';
import { answerOf, Credentials, ifVersion, makeClient } from './client.ts';
import { Clock } from './clock.ts';

function serverThat(answers: (request: Request) => Response | Promise<Response>) {
  const seen: Request[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    seen.push(request);
    return answers(request);
  });
  const credentials = new Credentials();
  credentials.csrf = 'token';
  return { client: makeClient(credentials, new Clock()), credentials, seen };
}

function problem(status: number, code: string, more = {}): Response {
  return Response.json({ code, status, title: code, ...more }, { status });
}

const note = { id: 'command-1', kind: 'note', at: '2026-11-23T10:00:00Z', base_version: 1 } as const;
const params = { path: { visit_id: 'visit-1' } };

test('a change carries the session’s token and a key of its own', async () => {
  const { client, seen } = serverThat(() => Response.json({ results: [] }));
  await client.POST('/api/visits/{visit_id}/commands', { params, body: note });
  await client.POST('/api/visits/{visit_id}/commands', { params, body: note });
  const keys = seen.map((request) => request.headers.get('Idempotency-Key'));
  expect(seen[0]?.headers.get('X-CSRF-Token')).toBe('token');
  expect(new Set(keys).size).toBe(2);
});

test('a key that is given is kept', async () => {
  const { client, seen } = serverThat(() => Response.json({ results: [] }));
  const headers = { 'Idempotency-Key': 'mine' };
  await client.POST('/api/visits/{visit_id}/commands', { params, body: note, headers });
  expect(seen[0]?.headers.get('Idempotency-Key')).toBe('mine');
});

test('reading carries neither', async () => {
  const { client, seen } = serverThat(() => Response.json({}));
  await client.GET('/api/session');
  expect([...(seen[0]?.headers.keys() ?? [])]).toEqual([]);
});

test('a refusal is a problem with its code, its facts and its faults', async () => {
  const errors = [{ path: 'summary', code: 'missing', detail: '' }];
  const { client } = serverThat(() => problem(422, 'invalid', { errors, field: 'summary' }));
  await expect(answerOf(client.GET('/api/session'))).rejects.toMatchObject({
    code: 'invalid',
    status: 422,
    errors,
    facts: { field: 'summary' },
    isTransient: false,
  });
});

test('a refusal without words still has a code', async () => {
  const { client } = serverThat(() => new Response('<html>', { status: 502 }));
  await expect(client.GET('/api/session')).rejects.toMatchObject({ code: 'internal', isTransient: true });
});

test('no answer is a problem of its own', async () => {
  const { client } = serverThat(() => Promise.reject(new TypeError('Failed to fetch')));
  await expect(client.GET('/api/session')).rejects.toMatchObject({ isOffline: true, code: 'unreachable' });
});

test('a session that ended is noticed', async () => {
  const { client, credentials } = serverThat(() => problem(401, 'not_signed_in'));
  const noticed = vi.fn();
  credentials.onSignedOut(noticed);
  await expect(client.GET('/api/sync')).rejects.toMatchObject({ isSignedOut: true });
  expect(noticed).toHaveBeenCalledTimes(1);
});

test('a wrong password does not end a session', async () => {
  const { client, credentials } = serverThat(() => problem(401, 'wrong_credentials'));
  const noticed = vi.fn();
  credentials.onSignedOut(noticed);
  const body = { email: 'ines@example.org', password: 'wrong' };
  await expect(client.POST('/api/session', { body })).rejects.toMatchObject({ code: 'wrong_credentials' });
  expect(noticed).not.toHaveBeenCalled();
});

test('a version is quoted as a strong tag', () => {
  expect(ifVersion(7)).toEqual({ 'If-Match': '"7"' });
});
