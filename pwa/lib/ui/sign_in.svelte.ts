// What somebody types to sign in, what is missing, what the server said. The form draws it.

import { Problem, type SessionOut } from '../api/index.ts';

export type SignIn = (email: string, password: string) => Promise<SessionOut>;
export type Missing = 'missing_email' | 'missing_password';

export class SignInForm {
  email = $state('');
  password = $state('');
  #isBusy = $state(false);
  #wasTried = $state(false);
  #problem = $state.raw<Problem>();
  #signIn: SignIn;

  constructor(signIn: SignIn, email = '') {
    this.#signIn = signIn;
    this.email = email;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Nothing, or no address. Named only after a first try: nobody is corrected while still typing. */
  get missingEmail(): Missing | undefined {
    const isNone = this.email.trim() === '' || this.#problem?.errors.some(({ path }) => path === 'email');
    return this.#wasTried && isNone ? 'missing_email' : undefined;
  }

  get missingPassword(): Missing | undefined {
    return this.#wasTried && this.password === '' ? 'missing_password' : undefined;
  }

  /** Signs in; undefined when something is missing or was refused. The e-mail stays as typed. */
  async submit(): Promise<SessionOut | undefined> {
    if (this.#isBusy) return undefined;
    this.#wasTried = true;
    this.#problem = undefined;
    if (this.missingEmail || this.missingPassword) return undefined;
    this.#isBusy = true;
    try {
      return await this.#signIn(this.email.trim(), this.password);
    } catch (error) {
      this.#problem = Problem.from(error);
      return undefined;
    } finally {
      this.#isBusy = false;
    }
  }
}
