// What a technician does to a visit, as recorded on the phone until the server has judged it.
// Which of it is possible when is in moves.ts; sending is outbox.ts.

import type { Schemas } from '../api/client.ts';

export type VisitDetail = Schemas['VisitDetailOut'];
export type VisitStatus = Schemas['VisitOut']['status'];
export type CommandBody = Schemas['VisitCommandBody'];
export type CommandPayload = Schemas['VisitPayload'];
export type CommandResult = Schemas['VisitCommandResultOut'];

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
export const additionKinds = ['person_released', 'made_safe', 'back_in_service', 'note'] as const;
export type AdditionKind = (typeof additionKinds)[number];

export type CommandKind = MoveKind | AdditionKind;

/** Why the server did not do it; the page puts `code` into words. */
export interface Refusal {
  readonly outcome: 'conflict' | 'rejected';
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A command on its way. `waiting` goes out by itself; `parked` waits for the technician. */
export interface Pending {
  /** The place in the queue of this phone. */
  order?: number;
  readonly id: string;
  readonly visitId: string;
  readonly kind: CommandKind;
  readonly payload: CommandPayload;
  /** This device's own time; add the offset for the server's. */
  readonly at: string;
  readonly clockOffsetSeconds: number;
  readonly baseVersion: number;
  readonly device: string;
  readonly sequence: number;
  readonly state: 'waiting' | 'parked';
  /** Once it may have reached the server, it can no longer be taken back. */
  readonly tries: number;
  readonly refusal: Refusal | null;
}

export function isAddition(kind: CommandKind): kind is AdditionKind {
  return additionKinds.some((addition) => addition === kind);
}

/** When it happened by the server's clock. */
export function happenedAt(pending: Pick<Pending, 'at' | 'clockOffsetSeconds'>): string {
  return new Date(Date.parse(pending.at) + pending.clockOffsetSeconds * 1000).toISOString();
}

export function bodyOf(pending: Pending): CommandBody {
  return {
    id: pending.id,
    kind: pending.kind,
    at: pending.at,
    base_version: pending.baseVersion,
    payload: pending.payload,
    device: pending.device,
    sequence: pending.sequence,
    clock_offset_seconds: pending.clockOffsetSeconds,
  };
}
