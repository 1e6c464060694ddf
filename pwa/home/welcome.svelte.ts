// Where somebody who comes to the front door is sent, and what they are shown until then.

import { answerOf, api, Problem, session, type SessionOut } from '../lib/api/index.ts';

export type WelcomeView = 'checking' | 'sign_in' | 'leaving' | 'here';

/** The world around the front door, so that tests can bring their own. */
export interface WelcomeParts {
  readonly check: () => Promise<SessionOut | undefined>;
  readonly isDemo: () => Promise<boolean>;
  readonly go: (path: string) => void;
}

const parts: WelcomeParts = {
  check: () => session.check(),
  isDemo: serverSaysDemo,
  go: (path) => location.replace(path),
};

export class Welcome {
  #view = $state<WelcomeView>('checking');
  #isDemo = $state(false);
  #problem = $state.raw<Problem>();
  #parts: WelcomeParts;

  constructor(given: WelcomeParts = parts) {
    this.#parts = given;
  }

  get view(): WelcomeView {
    return this.#view;
  }

  /** Demo logins are offered only where the server itself says that it is a demo. */
  get isDemo(): boolean {
    return this.#isDemo;
  }

  /** Why nobody knows yet who is here. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  async start(): Promise<void> {
    this.#problem = undefined;
    try {
      const current = await this.#parts.check();
      if (current) return this.welcome(current);
      this.#view = 'sign_in';
      this.#isDemo = await this.#parts.isDemo();
    } catch (error) {
      this.#view = 'sign_in';
      this.#problem = Problem.from(error);
    }
  }

  /** Everybody has a page of their own; who has none stays and chooses. */
  welcome(current: SessionOut): void {
    if (current.home === '/') {
      this.#view = 'here';
      return;
    }
    this.#view = 'leaving';
    this.#parts.go(current.home);
  }

  leave(): void {
    this.#view = 'sign_in';
  }
}

async function serverSaysDemo(): Promise<boolean> {
  try {
    await answerOf(api.GET('/api/session'));
    return false;
  } catch (error) {
    return Problem.from(error).facts['demo'] === true;
  }
}
