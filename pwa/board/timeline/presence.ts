// What a row says of somebody's presence now, where it is out of the ordinary.
import type { Board, Technician } from '../wire.ts';

export type Remark = 'sick' | 'away' | 'on_break' | 'ended';

/** Whether the board shows the day it is. */
export function holdsNow(board: Pick<Board, 'day_starts_at' | 'day_ends_at'> | undefined | null, now: number): boolean {
  return board ? within(board.day_starts_at, board.day_ends_at, now) : false;
}

/** Why somebody the roster has on duty is not at work; undefined where all is as planned. */
export function dutyRemark(
  { duty, shifts, absences }: Pick<Technician, 'duty' | 'shifts' | 'absences'>,
  now: number,
): Remark | undefined {
  if (duty.state === 'sick' || duty.state === 'on_break') return duty.state;
  if (absences.some(({ starts_at: from, ends_at: to }) => within(from, to, now))) return 'away';
  const shift = shifts.find(({ kind, starts_at: from, ends_at: to }) => kind === 'shift' && within(from, to, now));
  const hasEnded = duty.state === 'off' && duty.since !== null && shift !== undefined;
  return hasEnded && Date.parse(duty.since!) >= Date.parse(shift.starts_at) ? 'ended' : undefined;
}

function within(from: string, to: string, now: number): boolean {
  return Date.parse(from) <= now && now < Date.parse(to);
}
