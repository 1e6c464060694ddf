// One intervention of the history, told from report to end.

import { duration, isSameDay, language, t, time } from '../../lib/i18n/index.ts';
import type { Intervention } from '../wire.ts';
import { type Here, longDay } from './moments.ts';
import { sentence } from './names.ts';
import { arrivalKept } from './promise.ts';

export function pastSentences(past: Intervention, here: Here): string[] {
  const at = (moment: string): string => atOn(dayOf(past), moment, here);
  return [reported(past, at), merged(past), ...onSite(past, at), ended(past, at), outcome(past)]
    .filter((text) => text !== undefined)
    .map(sentence);
}

/** The day it is filed under: planned work was only announced on the day it was reported. */
export function dayOf({ is_planned, arrived_at, ended_at, reported_at }: Intervention): string {
  return (is_planned ? (arrived_at ?? ended_at) : undefined) ?? reported_at;
}

/** What it was, in a word: planned work, or the trouble. */
export function kindOf({ is_planned, severity }: Intervention): string {
  return is_planned ? t('portal.past.planned') : t(`severity.${severity}`);
}

type At = (moment: string) => string;

/** The entry is headed by its day, so only another day needs naming. */
function atOn(heading: string, moment: string, here: Here): string {
  const facts = { time: time(moment, here.zone) };
  return isSameDay(heading, moment, here.zone)
    ? t('portal.at.today', facts)
    : t('portal.at.day', { ...facts, day: longDay(moment, here) });
}

function reported(past: Intervention, at: At): string | undefined {
  return past.is_planned ? undefined : t('portal.past.reported', { at: at(past.reported_at) });
}

/** Somebody came, somebody was freed: in the order in which it happened. */
function onSite(past: Intervention, at: At): (string | undefined)[] {
  const freed = past.released_at
    ? t('portal.lift.released', { at: at(past.released_at) })
    : undefined;
  const isFreedFirst = Date.parse(past.released_at ?? '') < Date.parse(past.arrived_at ?? '');
  return isFreedFirst ? [freed, arrived(past, at)] : [arrived(past, at), freed];
}

function arrived(past: Intervention, at: At): string | undefined {
  if (!past.arrived_at) return undefined;
  const facts = { at: at(past.arrived_at) };
  const name = past.visit?.technician_first_name;
  const who = name ? t('portal.past.arrived_named', { ...facts, name }) : t('portal.past.arrived', facts);
  const kept = arrivalKept(past.promise);
  return kept ? `${sentence(who)} ${kept}` : who;
}

function ended(past: Intervention, at: At): string | undefined {
  if (past.restored_at) {
    const taken = (Date.parse(past.restored_at) - Date.parse(past.reported_at)) / 1000;
    const facts = { at: at(past.restored_at) };
    return past.is_planned || taken < 60
      ? t('portal.past.restored', facts)
      : t('portal.past.restored_after', { ...facts, duration: duration(taken) });
  }
  return past.ended_at ? t('portal.past.ended', { at: at(past.ended_at) }) : undefined;
}

/** Reported twice: both are told as one. */
function merged({ merged_into: number }: Intervention): string | undefined {
  return number ? t('portal.past.merged', { number }) : undefined;
}

/** A code in words, or what the technician wrote; a code nobody knows is left unsaid. */
function outcome({ outcome: said, refusal }: Intervention): string | undefined {
  if (refusal) return t('portal.past.refusal', { reason: refusal });
  const known = language.text(`portal.outcome.${said}`);
  if (known) return known;
  const cause = language.text(`cause.${said}`);
  if (cause) return t('portal.past.cause', { cause });
  return said === '' || /^[a-z_]+$/.test(said) ? undefined : said;
}
