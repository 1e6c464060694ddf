// A month in sentences and cells. Texts are in messages.

import { duration, number, t, wordFor } from '../../lib/i18n/index.ts';
import { dayWords, lastDay, moneyWords, monthWords, percentWords } from '../sentences/amounts.ts';
import type { Month, MonthFigure, MonthLift } from '../wire.ts';

/** The whole month in a few plain sentences, the most important first. */
export function monthSentences(month: Month): string[] {
  return [
    t('portal.month.reported', { count: month.interventions }),
    cameSentence(month.kept),
    stoodSentence(month.lifts),
    feltSentence(month.felt),
    ...Object.entries(month.credited).map(([currency, amount]) =>
      t('portal.month.credited', { amount: moneyWords(amount, currency) }),
    ),
  ].filter((sentence) => sentence !== undefined);
}

/** Which days it is about: all of a month, or those that have passed. */
export function periodWords({ month, to_day, is_over }: Month): string {
  return is_over
    ? t('portal.month.whole', { month: monthWords(month), day: dayWords(lastDay(to_day)) })
    : t('portal.month.so_far', { month: monthWords(month) });
}

function cameSentence(kept: readonly MonthFigure[]): string {
  const response = kept.find(({ clock }) => clock === 'response');
  if (response === undefined) return t('portal.month.nothing_due');
  const { numerator: count, denominator: whole } = response;
  return count === whole
    ? t('portal.month.came_all', { count: whole })
    : t('portal.month.came', { count, whole });
}

function stoodSentence(lifts: readonly MonthLift[]): string | undefined {
  if (lifts.length === 0) return undefined;
  const lost = lifts.reduce((sum, { downtime_seconds: seconds }) => sum + seconds, 0);
  return lost < 60 ? t('portal.month.never_stood') : t('portal.month.stood', { duration: duration(lost) });
}

function feltSentence(felt: readonly MonthFigure[]): string | undefined {
  const satisfied = felt.find(({ measure }) => measure === 'csat_top2');
  if (!satisfied?.denominator) return t('portal.month.nobody_said');
  return t('portal.month.satisfied', { count: satisfied.numerator, whole: satisfied.denominator });
}

/** `91.6%`, or a dash where there was nothing to measure. */
export function shareWords({ value }: MonthFigure): string {
  return value === null ? '–' : percentWords(value);
}

/** `9 of 10` */
export function partsWords({ numerator, denominator }: MonthFigure): string {
  return t('portal.month.of', { part: number(numerator), whole: number(denominator) });
}

/** Whether there is something to tell: an answer, or what was left out. */
export function isTold({ denominator, outside }: MonthFigure): boolean {
  return denominator > 0 || Object.keys(outside).length > 0;
}

/** What the share leaves out, by reason; empty where it leaves out nothing. */
export function outsideWords({ outside }: MonthFigure): string {
  return Object.entries(outside)
    .map(([reason, count]) => wordFor('portal.month.outside', reason, { count }))
    .join(', ');
}

/** Lifts worth a line of their own: they stood still, or ran less than promised. */
export function lostLifts(lifts: readonly MonthLift[]): MonthLift[] {
  return lifts.filter(({ downtime_seconds: seconds, is_met: isMet }) => seconds >= 60 || isMet === false);
}

export function stoodWords({ downtime_seconds: seconds }: MonthLift): string {
  return seconds < 60 ? '–' : duration(seconds);
}

/** Each definition once, in the order of the page. */
export function meanings(month: Month): { measure: string; version: number }[] {
  const figures = [...month.kept, ...month.felt.filter(isTold), ...month.lifts.map(({ availability }) => availability)];
  const versions = new Map(figures.map((each) => [each.measure, each.definition_version]));
  return [...versions].map(([measure, version]) => ({ measure, version }));
}
