// Who is signed in on this page. Sign-in shows in place; local work is never touched here.

import { answerOf, api, credentials, type Schemas } from './client.ts';
import { Problem } from './problem.ts';

export type SessionOut = Schemas['SessionOut'];

class Session {
  #current = $state.raw<SessionOut>();
  #isChecked = $state(false);
  #isExpired = $state(false);

  constructor() {
    credentials.onSignedOut(() => this.#expire());
  }

  /** The session as last told by the server, or remembered by this device. */
  get current(): SessionOut | undefined {
    return this.#current;
  }

  /** False until the server, or its absence, has said who is here. */
  get isChecked(): boolean {
    return this.#isChecked;
  }

  /** Somebody was signed in and the server no longer accepts it: ask for the password in place. */
  get isExpired(): boolean {
    return this.#isExpired;
  }

  get isDemoClock(): boolean {
    return this.#current?.clock.kind === 'demo';
  }

  /** Asks the server who is signed in. Nobody is not an error; no answer is a Problem. */
  async check(): Promise<SessionOut | undefined> {
    try {
      return this.#become(await answerOf(api.GET('/api/session')));
    } catch (error) {
      const problem = Problem.from(error);
      if (!problem.isSignedOut) throw problem;
      if (this.#current) this.#isExpired = true;
      return undefined;
    } finally {
      this.#isChecked = true;
    }
  }

  async signIn(email: string, password: string): Promise<SessionOut> {
    return this.#become(await answerOf(api.POST('/api/session', { body: { email, password } })));
  }

  async signOut(): Promise<void> {
    await answerOf(api.DELETE('/api/session'));
    this.#current = undefined;
    this.#isExpired = false;
    credentials.csrf = undefined;
  }

  /** Takes the language along to other devices. */
  async changeLanguage(language: SessionOut['account']['language']): Promise<void> {
    this.#become(await answerOf(api.PATCH('/api/session', { body: { language } })));
  }

  /** Goes on as the person this device remembers, until the server can be asked. */
  remember(session: SessionOut): void {
    this.#current ??= session;
    credentials.csrf ??= session.csrf;
    this.#isChecked = true;
  }

  #become(session: SessionOut): SessionOut {
    this.#current = session;
    this.#isExpired = false;
    this.#isChecked = true;
    credentials.csrf = session.csrf;
    return session;
  }

  #expire(): void {
    if (this.#current) this.#isExpired = true;
  }
}

export const session = new Session();
