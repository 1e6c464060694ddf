// How the own working day stands: the server's last word, the hours that have passed since, and
// what was said on this phone and is not sent yet. The server's table of moves, said once more so
// that all of it works without signal.

import {
  type Duty,
  type DutyKind,
  type DutyPending,
  happenedAt,
  isOfVisit,
  type Pending,
} from '../../lib/offline/commands.ts';
import type { Kept } from '../../lib/offline/database.ts';

export type DutyState = Duty['state'];
type Shift = Kept['shifts'][number];

export interface DutyView {
  readonly state: DutyState;
  readonly since: string | null;
  readonly until: string | null;
  readonly allowed: readonly DutyKind[];
  /** What the office did not accept, with what waits behind it; empty as a rule. */
  readonly refused: readonly DutyPending[];
  /** The shift that is worked or can be begun now. */
  readonly shift: Shift | undefined;
}

const moves: Record<DutyState, Partial<Record<DutyKind, DutyState>>> = {
  off: { start_shift: 'on_shift', report_sick: 'sick' },
  on_call: { start_shift: 'on_shift', report_sick: 'sick' },
  on_shift: { start_break: 'on_break', end_shift: 'off', report_sick: 'sick' },
  on_break: { end_break: 'on_shift', end_shift: 'off', report_sick: 'sick' },
  sick: { report_fit: 'off' },
};
const earlyMilliseconds = 2 * 3_600_000;
/** Without word from the server a shift is taken for over so long after its end. */
const overtimeMilliseconds = 4 * 3_600_000;

export function dutyView(
  known: Duty | undefined,
  shifts: readonly Shift[],
  unsent: readonly Pending[],
  now: number,
): DutyView {
  const own = unsent.filter((item): item is DutyPending => !isOfVisit(item));
  const held = own.findIndex(({ state }) => state === 'parked');
  const said = held < 0 ? own : own.slice(0, held);
  const shift = shiftNear(shifts, now);
  const standing = said.reduce(carriedOut, passed(known, shifts, now));
  const next = Object.keys(moves[standing.state]) as DutyKind[];
  return {
    ...standing,
    allowed: next.filter((kind) => kind !== 'start_shift' || shift !== undefined),
    refused: held < 0 ? [] : own.slice(held),
    shift,
  };
}

type Standing = Pick<DutyView, 'state' | 'since' | 'until'>;

/** What the server said, with what time alone has changed of it since. */
function passed(known: Duty | undefined, shifts: readonly Shift[], now: number): Standing {
  const { state = 'off', since = null, until = null } = known ?? {};
  const end = until === null ? Infinity : Date.parse(until);
  if (state === 'sick' && now < end) return { state, since, until };
  if ((state === 'on_shift' || state === 'on_break') && now < end + overtimeMilliseconds) return { state, since, until };
  const called = shifts.find(({ kind, starts_at: from, ends_at: to }) => kind === 'on_call' && within(from, to, now));
  if (called) return { state: 'on_call', since: called.starts_at, until: called.ends_at };
  const following = shifts.map(({ starts_at: starts }) => starts).filter((starts) => Date.parse(starts) > now);
  const told = state === 'off' && until !== null && end > now ? [until] : [];
  return { state: 'off', since: state === 'off' ? since : null, until: [...told, ...following].sort()[0] ?? null };
}

function carriedOut(before: Standing, item: DutyPending): Standing {
  const state = moves[before.state][item.kind];
  if (state === undefined) return before;
  const until = state === 'sick' ? (item.payload.until ?? null) : state === 'off' ? null : before.until;
  return { state, since: happenedAt(item), until };
}

function shiftNear(shifts: readonly Shift[], now: number): Shift | undefined {
  const near = (kind: Shift['kind'], early: number) =>
    shifts.find((shift) => shift.kind === kind && within(shift.starts_at, shift.ends_at, now, early));
  return near('shift', earlyMilliseconds) ?? near('on_call', 0);
}

function within(from: string, to: string, now: number, early = 0): boolean {
  return Date.parse(from) - early <= now && now < Date.parse(to);
}
