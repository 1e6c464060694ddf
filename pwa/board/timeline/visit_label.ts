// The full name of a bar, for ears and for the pointer: when, where, what, how it stands.
// What the bar looks like is in VisitBar.
import { duration, t, time, timeRange, wordFor } from '../../lib/i18n/index.ts';
import { isComing, type Standing } from '../promise.ts';
import type { BoardVisit } from '../wire.ts';
import type { Span } from './scale.ts';

export interface Looks {
  readonly span: Span;
  readonly stands: Standing;
  readonly due: string | null;
  readonly zone: string;
}

export function visitLabel(entry: BoardVisit, { span, stands, due, zone }: Looks): string {
  const { visit } = entry;
  const parts = [
    timeRange(span.from, span.to, zone),
    entry.asset_code,
    entry.site_name,
    wordFor('severity', entry.severity),
    wordFor('visit_status', visit.status),
    entry.not_answered_at && t('board.not_answered'),
    visit.late_by_seconds > 0 &&
      isComing(visit.status) &&
      t('board.detail.late', { late: duration(visit.late_by_seconds) }),
    due && t('board.timeline.due', { time: time(due, zone) }),
    standingWord(stands),
    (visit.is_technician_locked || visit.is_start_locked) && t('board.timeline.locked'),
  ];
  return parts.filter(Boolean).join(', ');
}

function standingWord(stands: Standing): string {
  if (stands === 'late' || stands === 'missed') return wordFor('clock_state', 'breached');
  return stands === 'at_risk' ? wordFor('clock_state', 'at_risk') : '';
}
