// What a card says of colleagues: who changed it a moment ago, else who has it open.
import { t } from '../../lib/i18n/index.ts';
import type { Looking } from './looking.svelte.ts';
import type { RecentChanges } from './recent.svelte.ts';

interface Colleagues {
  readonly looking: Looking;
  readonly recent: RecentChanges;
}

/** In words, as of now in milliseconds; empty where nobody else has to do with it. */
export function newsOf({ looking, recent }: Colleagues, intervention: string, now: number): string {
  return changedWords(recent, intervention, now) || openWords(looking, intervention);
}

export function changedWords(recent: RecentChanges, intervention: string, now: number): string {
  const change = recent.of(intervention, now);
  if (change === null) return '';
  const seconds = Math.max(0, Math.round((now - change.at) / 1000));
  return t('board.looking.changed', { name: change.name, age: `${seconds} s` });
}

export function openWords(looking: Looking, intervention: string): string {
  const names = looking.at(intervention).join(', ');
  return names && t('board.looking.open', { names });
}
