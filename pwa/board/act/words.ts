// What would come of a start, what became of a row and of a deed, in the reader's words.
// The texts are in messages/board; reasons are those of candidates (words.ts of the board).
import { duration, language, t, time, wordFor } from '../../lib/i18n/index.ts';
import { problemText } from '../../lib/ui/problems.ts';
import { neededWords, obstacleWords } from '../words.ts';
import type { Kept, Outcome } from './acts.svelte.ts';
import type { Judged } from './judging.ts';
import type { Deed, RowResult, VerdictRow } from './wire.ts';

interface Named {
  readonly zone: string;
  /** A piece of work by its site and number. */
  readonly nameOf: (work: string) => string;
}

interface Known extends Named {
  /** Why somebody is not there in that time; null where nothing is known of it. */
  readonly absentIn: (technician: string, from: number, to: number) => string | null;
}

interface Timed extends Named {
  readonly rangeOf: (from: number, to: number) => string;
}

/** `09:35–10:20: pushes 2 visits by up to 25 min`: when, and all that comes of it. */
export function judgedWords(judged: Judged, lasts: number, lateBy: number, named: Timed): string {
  const when = named.rangeOf(judged.start, judged.start + lasts);
  return `${when} · ${consequenceWords(judged, lateBy, named)}`;
}

export function consequenceWords(judged: Judged, lateBy: number, { zone, nameOf }: Named): string {
  if (judged.reason !== null) return obstacleWords(judged.reason, zone, nameOf);
  const pushed = judged.verdict?.pushed ?? [];
  const delays = pushed.map((one) => (Date.parse(one.starts_after) - Date.parse(one.starts_before)) / 1000);
  const broken = pushed.filter((one) => one.promise_breaks).map((one) => nameOf(one.number));
  const overtime = judged.verdict?.overtime_seconds ?? 0;
  const parts = [
    lateBy > 0 && t('board.act.late', { late: duration(lateBy) }),
    broken.length > 0 && t('board.act.breaks', { works: broken.join(', ') }),
    pushed.length > 0 &&
      t('board.act.pushes', { count: pushed.length, most: duration(Math.max(...delays)) }),
    overtime > 0 && t('board.act.overtime', { time: duration(overtime) }),
  ].filter(Boolean);
  return parts.join(' · ') || t('board.act.fits');
}

/** Why something stays where it was, though it was let go elsewhere: with whom, when, and the rule in the way. */
export function keptWords(kept: Kept, technician: string, when: string, named: Known): string {
  return t('board.act.stays', { site: kept.held.name, technician, time: when, why: whyKept(kept, named) });
}

function whyKept({ held, spot, judged, failure, lateBy, row }: Kept, named: Known): string {
  if (failure !== null) return problemText(failure);
  if (judged === null) return t('board.act.unknown');
  const words = consequenceWords(judged, lateBy, named);
  if (judged.level !== 'blocked') return t('board.act.unseen', { what: words });
  const absence = named.absentIn(spot.technician, spot.start, spot.start + held.lasts);
  if (absence !== null) return absence;
  return [words, row && helpWords(row, named.zone)].filter(Boolean).join(' · ');
}

/** What would make a technician possible who cannot at all. */
export function helpWords(row: VerdictRow, zone: string): string {
  if (row.reason === null || Object.keys(row.would_need).length === 0) return '';
  return neededWords({ code: row.reason.code, would_need: row.would_need }, zone);
}

/** Why a row was refused: by whom it was changed and when, or the rule in its way. */
export function refusedWords({ code, facts }: RowResult, { zone, nameOf }: Named): string {
  if (code === null) return '';
  const blocked = facts['blocked'] as { code: string; facts: Record<string, unknown> } | null | undefined;
  if (blocked) return obstacleWords(blocked, zone, nameOf);
  const by = typeof facts['by'] === 'string' ? facts['by'] : null;
  const at = typeof facts['at'] === 'string' ? time(facts['at'], zone) : null;
  const works = Array.isArray(facts['works']) ? facts['works'].map(String).map(nameOf).join(', ') : '';
  const own = language.text(`board.refused.${code}`);
  const words = own === undefined ? wordFor('problem', code) : t(`board.refused.${code}` as 'board.refused.moved_since');
  const who = by && at ? t('board.refused.by', { by, at }) : '';
  return [words, works, who].filter(Boolean).join(' · ');
}

/** A deed in a line: what was done, to what, for whom; of its rows so many were asked for, others made room. */
export function deedWords(deed: Deed, asked = deed.kind === 'place' ? 1 : deed.row_count): string {
  const [more, pushed] = [asked - 1, deed.row_count - asked];
  const work = more > 0 ? t('board.deeds.more', { site: deed.site_name, more }) : deed.site_name;
  const done = t(`board.deeds.${deed.kind}`, { work, technician: deed.technician_name ?? '' });
  const what = pushed > 0 ? `${done} · ${t('board.deeds.pushed', { count: pushed })}` : done;
  return deed.is_undo ? t('board.deeds.undone', { what }) : what;
}

/** How it ended, for everybody to read and to hear. */
export function outcomeWords({ kind, result }: Outcome): string {
  const done = result.rows.filter((row) => row.outcome !== 'refused').length;
  const refused = result.rows.length - done;
  if (done === 0) return t('board.act.nothing_done', { count: refused });
  const what =
    kind === 'undo' || kind === 'redo'
      ? t(`board.act.${kind}_done`, { count: done })
      : result.deed
        ? deedWords(result.deed, Math.min(done, result.deed.row_count))
        : t('board.act.done', { count: done });
  const isRebased = result.rows.some((row) => row.outcome === 'rebased');
  const all = isRebased ? `${what} · ${t('board.act.others_stay')}` : what;
  return refused > 0 ? t('board.act.partly', { what: all, count: refused }) : all;
}
