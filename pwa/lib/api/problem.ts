// What went wrong with a call, as a code with facts. Pages put codes into words.

export interface FieldFault {
  readonly path: string;
  readonly code: string;
  readonly detail: string;
}

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly detail: string;
  readonly errors: readonly FieldFault[];
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(body: Record<string, unknown>, status: number) {
    const { code, detail, title, errors, type: _type, status: _status, ...facts } = body;
    super(`${status} ${String(code)}`);
    this.code = typeof code === 'string' ? code : codeForStatus(status);
    this.status = status;
    this.detail = String(detail ?? title ?? '');
    this.errors = Array.isArray(errors) ? (errors as FieldFault[]) : [];
    this.facts = facts;
  }

  /** No answer at all: this device is off the network, or the server is away. */
  static offline(): Problem {
    return new Problem({ code: navigator.onLine === false ? 'offline' : 'unreachable' }, 0);
  }

  static from(error: unknown): Problem {
    return error instanceof Problem ? error : Problem.offline();
  }

  get isOffline(): boolean {
    return this.status === 0;
  }

  /** The session was not accepted: signed out, or opened anew elsewhere. */
  get isSignedOut(): boolean {
    return this.status === 401 || this.code === 'csrf_missing';
  }

  /** Worth sending again unchanged: nobody has judged it yet. */
  get isTransient(): boolean {
    const isBusy = [408, 425, 429].includes(this.status) || this.code === 'still_running';
    return this.isOffline || isBusy || this.status >= 500;
  }
}

function codeForStatus(status: number): string {
  if (status === 401) return 'not_signed_in';
  if (status === 403) return 'not_allowed';
  if (status === 404) return 'not_found';
  if (status === 429) return 'too_many_attempts';
  return status >= 500 ? 'internal' : 'unknown';
}
