import { describe, expect, it, vi } from 'vitest';
import { Problem, type SessionOut } from '../api/index.ts';
import { SignInForm } from './sign_in.svelte.ts';

const welcome = { home: '/portal/' } as SessionOut;
const typed = (form: SignInForm, email: string, password: string): SignInForm =>
  Object.assign(form, { email, password });

describe('the sign-in form', () => {
  it('corrects nobody who is still typing', () => {
    const form = new SignInForm(() => Promise.resolve(welcome));
    expect(form.missingEmail).toBeUndefined();
    expect(form.missingPassword).toBeUndefined();
  });

  it('names what is missing and asks the server nothing', async () => {
    const signIn = vi.fn(() => Promise.resolve(welcome));
    const form = typed(new SignInForm(signIn), 'ana@example.org', '');
    expect(await form.submit()).toBeUndefined();
    expect(form.missingPassword).toBe('missing_password');
    expect(form.missingEmail).toBeUndefined();
    expect(signIn).not.toHaveBeenCalled();
  });

  it('signs in without the blanks a phone adds behind an address', async () => {
    const signIn = vi.fn(() => Promise.resolve(welcome));
    const form = typed(new SignInForm(signIn), 'ana@example.org ', ' secret');
    expect(await form.submit()).toBe(welcome);
    expect(signIn).toHaveBeenCalledWith('ana@example.org', ' secret');
  });

  it('keeps what was typed when the server refuses', async () => {
    const refusal = new Problem({ code: 'wrong_credentials' }, 401);
    const form = typed(new SignInForm(() => Promise.reject(refusal)), 'ana@example.org', 'wrong');
    expect(await form.submit()).toBeUndefined();
    expect(form.problem?.code).toBe('wrong_credentials');
    expect(form.email).toBe('ana@example.org');
    expect(form.isBusy).toBe(false);
  });

  it('marks what is no address, and asks again once it was mended', async () => {
    const refusal = new Problem({ code: 'invalid', errors: [{ path: 'email', code: 'not_an_email', detail: '' }] }, 422);
    const signIn = vi.fn((email: string) => (email.includes('@') ? Promise.resolve(welcome) : Promise.reject(refusal)));
    const form = typed(new SignInForm(signIn), 'ana', 'secret');
    await form.submit();
    expect(form.missingEmail).toBe('missing_email');
    expect(await typed(form, 'ana@example.org', 'secret').submit()).toBe(welcome);
  });

  it('sends once however often the button is pressed', async () => {
    const signIn = vi.fn(() => Promise.resolve(welcome));
    const form = typed(new SignInForm(signIn), 'ana@example.org', 'secret');
    await Promise.all([form.submit(), form.submit()]);
    expect(signIn).toHaveBeenCalledOnce();
  });
});
