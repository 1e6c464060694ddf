// The steps of a version's life, as somebody takes them: what each asks for before it is taken.
import type { Agreement, Step, Version, VersionStatus } from './wire.ts';

/** In the order somebody would take them; the way back last. Circulating has a page of its own. */
export const STEPS = [
  'negotiate',
  'verify',
  'sign',
  'activate',
  'request_termination',
  'confirm_termination',
  'lift_hold',
  'close',
  'send_back',
  'withdraw',
] as const satisfies readonly Step[];

/** The forward step; at most one is drawn as the next action. */
const FORWARD: ReadonlySet<Step> = new Set(['verify', 'sign', 'activate', 'close']);
const GRAVE: ReadonlySet<Step> = new Set([
  'request_termination',
  'confirm_termination',
  'withdraw',
]);

export function offeredSteps(version: Version): Step[] {
  return STEPS.filter((step) => version.allowed.includes(step));
}

export function variantOf(step: Step): 'primary' | 'secondary' | 'danger' {
  if (FORWARD.has(step)) return 'primary';
  return GRAVE.has(step) ? 'danger' : 'secondary';
}

export const asksForReason = (step: Step): boolean =>
  ['send_back', 'withdraw', 'request_termination', 'lift_hold'].includes(step);

/** These hold only with somebody's word why one promise is meant for unlike regions. */
export const mayNeedWord = (step: Step): boolean => step === 'verify' || step === 'activate';

const UNFINISHED: ReadonlySet<VersionStatus> = new Set([
  'draft',
  'negotiation',
  'verified',
  'final_review',
  'approved',
  'signed',
]);
export const isUnfinished = ({ status }: Version): boolean => UNFINISHED.has(status);
/** What may be rewritten: a draft, also while it is talked about. */
export const isWritten = ({ status }: Version): boolean => status === 'draft' || status === 'negotiation';
const STANDING: ReadonlySet<VersionStatus> = new Set(['active', 'legal_hold']);

/** The version that holds, as the newest one that was activated and not replaced. */
export function standing(agreement: Agreement): Version | undefined {
  return agreement.versions.findLast((each) => STANDING.has(each.status));
}

/** The version in preparation; there is never more than one. */
export function unfinished(agreement: Agreement): Version | undefined {
  return agreement.versions.findLast(isUnfinished);
}

export function mayAmend(agreement: Agreement): boolean {
  return unfinished(agreement) === undefined && standing(agreement)?.status === 'active';
}

/** What somebody opens first: what is in preparation, else what holds, else the newest. */
export function firstShown(agreement: Agreement): Version | undefined {
  return unfinished(agreement) ?? standing(agreement) ?? agreement.versions.at(-1);
}
