// Where each thing an agreement lacks is mended.
import type { Schemas } from '../../../lib/api/index.ts';
import { addressOf } from '../../address.svelte.ts';

export type Gap = Schemas['GapOut']['code'];

const INTO_THE_TERMS: ReadonlySet<Gap> = new Set(['calendar_missing', 'exclusions_missing']);
/** Who looks after it and when it is reviewed is changed on the page of the agreement itself. */
const BESIDE: ReadonlySet<Gap> = new Set(['owner_missing', 'backup_missing', 'review_missing']);

export function mendedAt(gap: Gap, agreement: string): string | undefined {
  if (BESIDE.has(gap)) return undefined;
  if (INTO_THE_TERMS.has(gap)) return addressOf('agreements', agreement, 'amend');
  return gap === 'feedback_missing' ? addressOf('experience') : addressOf('agreements', agreement, 'reviews');
}
