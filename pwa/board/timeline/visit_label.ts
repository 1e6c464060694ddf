// The full name of a bar, for ears and for the pointer: when, where, what, how it stands.
// What the bar looks like is in VisitBar.
import { duration, t, wordFor } from '../../lib/i18n/index.ts';
import { isComing, type Standing } from '../promise.ts';
import type { BoardVisit } from '../wire.ts';

export interface Looks {
  /** `14:05–14:25`, with its day where several are shown. */
  readonly when: string;
  readonly stands: Standing;
  /** `16:00`, likewise; empty where no promise waits for it. */
  readonly due: string;
}

export function visitLabel(entry: BoardVisit, { when, stands, due }: Looks): string {
  const { visit } = entry;
  const parts = [
    when,
    entry.asset_code,
    entry.site_name,
    wordFor('severity', entry.severity),
    wordFor('visit_status', visit.status),
    entry.not_answered_at && t('board.not_answered'),
    visit.late_by_seconds > 0 &&
      isComing(visit.status) &&
      t('board.detail.late', { late: duration(visit.late_by_seconds) }),
    due && t('board.timeline.due', { time: due }),
    standingWord(stands),
    (visit.is_technician_locked || visit.is_start_locked) && t('board.timeline.locked'),
  ];
  return parts.filter(Boolean).join(', ');
}

function standingWord(stands: Standing): string {
  if (stands === 'late' || stands === 'missed') return wordFor('clock_state', 'breached');
  return stands === 'at_risk' ? wordFor('clock_state', 'at_risk') : '';
}
