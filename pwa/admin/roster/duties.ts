// The duties of a usual week as a form holds them.
import type { Technician, UsualDuty } from './gateway.ts';

export const LUNCH = { earliest: '12:00', latest: '13:00', duration_seconds: 2700 };

export const newDuty = (): UsualDuty => ({
  weekdays: [0, 1, 2, 3, 4],
  kind: 'shift',
  starts: '08:00',
  ends: '17:00',
  overtime_max_seconds: 0,
  lunch: LUNCH,
});

/** Their usual week, to be changed; what most people work where nothing is kept. */
export function dutiesOf(technician: Technician | undefined): UsualDuty[] {
  const kept = technician?.usual_week ?? [];
  return kept.length === 0
    ? [newDuty()]
    : kept.map((duty) => ({
        ...duty,
        weekdays: [...duty.weekdays],
        starts: toTheMinute(duty.starts),
        ends: toTheMinute(duty.ends),
        lunch: duty.lunch && {
          ...duty.lunch,
          earliest: toTheMinute(duty.lunch.earliest),
          latest: toTheMinute(duty.lunch.latest),
        },
      }));
}

/** As they are sent: nobody takes lunch from a night on call. */
export const sent = (duties: readonly UsualDuty[]): UsualDuty[] =>
  duties.map((duty) => ({ ...duty, lunch: duty.kind === 'shift' ? (duty.lunch ?? null) : null }));

const toTheMinute = (wall: string): string => wall.slice(0, 5);
