// Who may act on the board and who may only look. The server decides; this hides dead buttons.
import { session, ticking } from '../lib/api/index.ts';

const READERS: ReadonlySet<string> = new Set(['admin', 'dispatcher', 'experience', 'auditor']);
const MONEY_READERS: ReadonlySet<string> = new Set(['admin', 'dispatcher', 'experience']);
const ACTORS: ReadonlySet<string> = new Set(['admin', 'dispatcher']);

export function mayLook(): boolean {
  return READERS.has(session.current?.account.role ?? '');
}

/** What missed promises are going to cost. */
export function maySeeMoney(): boolean {
  return MONEY_READERS.has(session.current?.account.role ?? '');
}

/** Nothing can be done about what was: a past instant is only looked at. */
export function mayAct(): boolean {
  if (ticking.isHeld) return false;
  return ACTORS.has(session.current?.account.role ?? '');
}
