import { beforeEach, expect, test, vi } from 'vitest';
import { credentials } from './client.ts';
import type { SessionOut } from './session.svelte.ts';

const ines = {
  account: { id: 'account-1', name: 'Inès Roca', role: 'technician', language: 'fr' },
  csrf: 'token',
  clock: { kind: 'demo', now: '2026-11-23T10:00:00Z', offset_seconds: 0 },
  home: '/app/',
  map: null,
} as unknown as SessionOut;

function serverAnswers(...answers: Response[]): void {
  vi.stubGlobal('fetch', async () => answers.shift() ?? Response.error());
}

async function freshSession() {
  vi.resetModules();
  return (await import('./session.svelte.ts')).session;
}

beforeEach(() => {
  credentials.csrf = undefined;
});

const nobody = (): Response => Response.json({ code: 'not_signed_in' }, { status: 401 });

test('whoever is signed in is found', async () => {
  const session = await freshSession();
  serverAnswers(Response.json(ines));
  expect(session.isChecked).toBe(false);
  await session.check();
  expect([session.isChecked, session.current?.account.name, session.isDemoClock]).toEqual([true, 'Inès Roca', true]);
});

test('nobody is not an error', async () => {
  const session = await freshSession();
  serverAnswers(nobody());
  expect(await session.check()).toBeUndefined();
  expect([session.isChecked, session.isExpired]).toEqual([true, false]);
});

test('no answer is told apart from nobody', async () => {
  const session = await freshSession();
  serverAnswers();
  await expect(session.check()).rejects.toMatchObject({ isOffline: true });
});

test('a remembered person goes on, and is asked to sign in again when the server says so', async () => {
  const session = await freshSession();
  session.remember(ines);
  serverAnswers(nobody(), Response.json(ines, { status: 201 }));
  await session.check();
  expect([session.isExpired, session.current?.account.id]).toEqual([true, 'account-1']);
  await session.signIn('ines@example.org', 'palier-demo');
  expect(session.isExpired).toBe(false);
});

test('signing out forgets who was here', async () => {
  const session = await freshSession();
  serverAnswers(Response.json(ines), new Response(null, { status: 204 }));
  await session.check();
  await session.signOut();
  expect(session.current).toBeUndefined();
});
