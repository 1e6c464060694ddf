// How a promise came to fall due when it does, beside its ruler. The customer's promise only.

import { t, wordFor } from '../../lib/i18n/index.ts';
import { promisedWords } from '../../lib/ui/promised.ts';
import type { RulerRow } from '../../lib/ui/ruler.ts';
import type { Trail, Trails } from '../wire.ts';
import { at, type Here } from './moments.ts';

/** What was promised, and what became of it. */
export function trailSentences(trail: Trail, here: Here): string[] {
  return [
    t('portal.trail.promised', { what: wordFor('clock', trail.kind), promised: promisedWords(trail.promise) }),
    moved(trail, here),
    standing(trail, here),
  ].filter((text) => text !== undefined);
}

/** Where no promise counts: because it is no part of the agreement, or nobody promised anything. */
export function withoutPromise({ is_out_of_scope, out_of_scope_reason, trails }: Trails): string | undefined {
  if (is_out_of_scope) return t('portal.trail.out_of_scope', { reason: out_of_scope_reason });
  return trails.length === 0 ? t('portal.trail.none') : undefined;
}

/** The trails as rows of one ruler. */
export function rulerRows(trails: readonly Trail[]): RulerRow[] {
  return trails.map((trail, index) => ({
    key: `${trail.kind}-${index}`,
    label: wordFor('clock', trail.kind),
    spans: trail.spans,
    due: trail.due_at,
    stopped: trail.stopped_at,
  }));
}

function standing(trail: Trail, here: Here): string | undefined {
  const { state, due_at, stopped_at } = trail;
  switch (state) {
    case 'kept':
      return stopped_at ? t('portal.trail.kept', { at: at(stopped_at, here) }) : undefined;
    case 'missed':
      if (!due_at) return undefined;
      return stopped_at
        ? t('portal.trail.missed', { at: at(stopped_at, here), due: at(due_at, here) })
        : t('portal.trail.late', { due: at(due_at, here) });
    case 'paused':
      return pausedFor(trail);
    case 'at_risk':
      return t('portal.trail.at_risk');
    case 'none':
      return t('portal.trail.ended');
    case 'on_time':
      return undefined;
  }
}

function moved({ original_due_at, due_at, severity }: Trail, here: Here): string | undefined {
  if (!original_due_at) return undefined;
  const facts = { severity: wordFor('severity', severity), before: at(original_due_at, here) };
  return due_at ? t('portal.trail.moved', { ...facts, due: at(due_at, here) }) : t('portal.trail.judged_anew', facts);
}

/** Why the clock stands still: the reason of the pause that goes on. */
function pausedFor({ spans }: Trail): string {
  const last = spans.filter(({ kind }) => kind === 'paused').at(-1);
  if (!last) return t('portal.promise.paused');
  const reason = wordFor('pause_reason', last.note);
  return t('portal.trail.paused', { reason: reason.charAt(0).toLocaleLowerCase() + reason.slice(1) });
}
