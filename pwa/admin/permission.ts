// Who may look at the set-up pages and who may change what. The server decides; this hides dead buttons.
import { session } from '../lib/api/index.ts';

const READERS: ReadonlySet<string> = new Set(['admin', 'dispatcher', 'experience', 'auditor']);
const WRITERS: ReadonlySet<string> = new Set(['admin', 'experience']);

const role = (): string => session.current?.account.role ?? '';

export const mayLook = (): boolean => READERS.has(role());
const FOR_AUDIT: ReadonlySet<string> = new Set(['people', 'keys', 'webhooks']);
/** Which sections stand in the list: nobody is offered what they may not read. */
export const mayOpen = (section: string): boolean => !FOR_AUDIT.has(section) || mayAudit();
/** Agreements, excuses and credit notes. */
export const mayWrite = (): boolean => WRITERS.has(role());
/** Statements, margins and what our work costs. */
export const mayBill = (): boolean => mayWrite() || role() === 'auditor';
/** Calendars, services, people, keys. */
export const maySetUp = (): boolean => role() === 'admin';
/** Who may come in, and by which keys. */
export const mayAudit = (): boolean => role() === 'admin' || role() === 'auditor';
/** Pauses and proposals to excuse. */
export const mayDispatch = (): boolean => role() === 'admin' || role() === 'dispatcher';
