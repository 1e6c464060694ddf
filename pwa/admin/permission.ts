// Who may look at the set-up pages and who may change what. The server decides; this hides dead buttons.
import { session } from '../lib/api/index.ts';

const READERS: ReadonlySet<string> = new Set(['admin', 'dispatcher', 'experience', 'auditor']);
const WRITERS: ReadonlySet<string> = new Set(['admin', 'experience']);

const role = (): string => session.current?.account.role ?? '';

export const mayLook = (): boolean => READERS.has(role());
/** Agreements, excuses and credit notes. */
export const mayWrite = (): boolean => WRITERS.has(role());
/** Calendars and services. */
export const maySetUp = (): boolean => role() === 'admin';
/** Pauses and proposals to excuse. */
export const mayDispatch = (): boolean => role() === 'admin' || role() === 'dispatcher';
