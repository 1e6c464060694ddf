// What a technician does, as recorded on the phone until the server has judged it: to a visit, or
// to the own working day. Which of it is possible when is in moves.ts; sending is outbox.ts.

import type { Schemas } from '../api/client.ts';

export type VisitDetail = Schemas['VisitDetailOut'];
export type VisitStatus = Schemas['VisitOut']['status'];
/** Files are promised beside it, see `Recorded`. */
export type CommandPayload = Omit<Schemas['VisitPayload'], 'files'>;

export const moveKinds = [
  'accept',
  'decline',
  'start_travel',
  'arrive',
  'start_work',
  'pause',
  'resume',
  'complete',
  'complete_partially',
  'cannot_complete',
] as const;
export type MoveKind = (typeof moveKinds)[number];

/** Facts and notes only ever add something, so they are kept whatever became of the visit. */
export const additionKinds = [
  'person_released',
  'made_safe',
  'back_in_service',
  'note',
  'order_follow_up',
  'running_late',
] as const;
export type AdditionKind = (typeof additionKinds)[number];

export type CommandKind = MoveKind | AdditionKind;

/** What a technician says of the own working day. */
export type DutyKind = Schemas['DutyCommandBody']['kind'];

/** `until`: when somebody sick expects to be back, ISO. */
export type DutyPayload = Partial<Schemas['DutyPayload']>;

/** Where the working day stands, as the server last said it. */
export type Duty = Schemas['DutyOut'];

/** A file that a command promises; its bytes follow on their own. */
export interface PromisedFile {
  readonly id: string;
  readonly kind: 'photo' | 'signature';
  readonly sha256: string;
  readonly size: number;
  readonly media_type: string;
  readonly taken_at: string;
  readonly signer: string;
  readonly item: string | null;
  readonly note: string;
  /** The file that was not to be read, or got lost, and for which this one was taken again. */
  readonly replaces?: string;
}

/** Why the server did not do it; the page puts `code` into words. */
export interface Refusal {
  readonly outcome: 'conflict' | 'rejected';
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What a command is about. Commands to one target go out in the order they were given. */
export type Target =
  | { readonly kind: 'visit'; readonly id: string }
  | { readonly kind: 'technician'; readonly id: string };

interface Recorded {
  /** The place in the queue of this phone. */
  order?: number;
  readonly id: string;
  /** This device's own time; add the offset for the server's. */
  readonly at: string;
  readonly clockOffsetSeconds: number;
  readonly baseVersion: number;
  readonly device: string;
  readonly sequence: number;
  /** `waiting` goes out by itself; `parked` waits for the technician. */
  readonly state: 'waiting' | 'parked';
  /** Once it may have reached the server, it can no longer be taken back. */
  readonly tries: number;
  readonly refusal: Refusal | null;
  /** Until when it can be taken back and is not sent, by this device's time, ISO. */
  readonly heldUntil: string | null;
  readonly files: readonly PromisedFile[];
}

export interface VisitPending extends Recorded {
  readonly target: { readonly kind: 'visit'; readonly id: string };
  readonly kind: CommandKind;
  readonly payload: CommandPayload;
}

export interface DutyPending extends Recorded {
  readonly target: { readonly kind: 'technician'; readonly id: string };
  readonly kind: DutyKind;
  readonly payload: DutyPayload;
}

/** A command on its way. */
export type Pending = VisitPending | DutyPending;

export function isOfVisit(pending: Pending): pending is VisitPending {
  return pending.target.kind === 'visit';
}

export function isAddition(kind: Pending['kind']): kind is AdditionKind {
  return additionKinds.some((addition) => addition === kind);
}

/** When it happened by the server's clock. */
export function happenedAt(pending: Pick<Pending, 'at' | 'clockOffsetSeconds'>): string {
  return new Date(Date.parse(pending.at) + pending.clockOffsetSeconds * 1000).toISOString();
}

/** What is sent of a command, for either target. */
export interface CommandBody {
  readonly id: string;
  readonly kind: Pending['kind'];
  readonly at: string;
  readonly base_version: number;
  readonly payload: (CommandPayload | DutyPayload) & { readonly files?: readonly PromisedFile[] };
  readonly device: string;
  readonly sequence: number;
  readonly clock_offset_seconds: number;
  /** When the request left, by the same clock as `at`: it tells the server how wrong that is. */
  readonly sent_at?: string;
}

export function bodyOf(pending: Pending): CommandBody {
  return {
    id: pending.id,
    kind: pending.kind,
    at: pending.at,
    base_version: pending.baseVersion,
    payload: pending.files.length > 0 ? { ...pending.payload, files: pending.files } : pending.payload,
    device: pending.device,
    sequence: pending.sequence,
    clock_offset_seconds: pending.clockOffsetSeconds,
  };
}

/** The server's word on one command, with what it is about as it stands now. */
export interface CommandResult {
  readonly id: string;
  readonly outcome: 'applied' | 'duplicate' | 'conflict' | 'rejected';
  readonly code: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly visit?: Schemas['VisitOut'];
  readonly duty?: Duty;
}
