// One intervention of the history, told from report to end.

import { duration, language, t } from '../../lib/i18n/index.ts';
import type { Intervention } from '../wire.ts';
import { at, type Here } from './moments.ts';
import { sentence } from './names.ts';
import { arrivalKept } from './promise.ts';

export function pastSentences(past: Intervention, here: Here): string[] {
  return [reported(past, here), released(past, here), arrived(past, here), ended(past, here), outcome(past)]
    .filter((text) => text !== undefined)
    .map(sentence);
}

/** What it was, in a word: planned work, or the trouble. */
export function kindOf({ is_planned, severity }: Intervention): string {
  return is_planned ? t('portal.past.planned') : t(`severity.${severity}`);
}

function reported(past: Intervention, here: Here): string | undefined {
  if (past.is_planned) return undefined;
  return t('portal.past.reported', { at: at(past.reported_at, here) });
}

function released(past: Intervention, here: Here): string | undefined {
  return past.released_at
    ? t('portal.lift.released', { at: at(past.released_at, here) })
    : undefined;
}

function arrived(past: Intervention, here: Here): string | undefined {
  if (!past.arrived_at) return undefined;
  const facts = { at: at(past.arrived_at, here) };
  const name = past.visit?.technician_first_name;
  const who = name ? t('portal.past.arrived_named', { ...facts, name }) : t('portal.past.arrived', facts);
  const kept = arrivalKept(past.promise);
  return kept ? `${sentence(who)} ${kept}` : who;
}

function ended(past: Intervention, here: Here): string | undefined {
  if (past.restored_at) {
    const taken = (Date.parse(past.restored_at) - Date.parse(past.reported_at)) / 1000;
    const facts = { at: at(past.restored_at, here) };
    return past.is_planned || taken < 60
      ? t('portal.past.restored', facts)
      : t('portal.past.restored_after', { ...facts, duration: duration(taken) });
  }
  return past.ended_at ? t('portal.past.ended', { at: at(past.ended_at, here) }) : undefined;
}

/** A code in words, or what the technician wrote; a code nobody knows is left unsaid. */
function outcome({ outcome: said }: Intervention): string | undefined {
  const known = language.text(`portal.outcome.${said}`);
  if (known) return known;
  const cause = language.text(`cause.${said}`);
  if (cause) return t('portal.past.cause', { cause });
  return said === '' || /^[a-z_]+$/.test(said) ? undefined : said;
}
