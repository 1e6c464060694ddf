// How long a certificate still lets its holder work. Valid on its last day as well.
import { addDays } from '../written.ts';

export type Standing = 'expired' | 'soon' | 'valid';

export interface Held {
  readonly name: string;
  readonly valid_until: string;
}

/** Worth renewing from here on. */
const SOON_DAYS = 60;

export function daysLeft(until: string, today: string): number {
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000);
}

export function standingOf(until: string, today: string): Standing {
  if (until < today) return 'expired';
  return until < addDays(today, SOON_DAYS) ? 'soon' : 'valid';
}

/** Of several of one name only the longest counts; what is over or nearly over, the first first. */
export function pressing(held: readonly Held[], today: string): Held[] {
  const longest = new Map<string, Held>();
  for (const each of held) {
    const known = longest.get(each.name);
    if (known === undefined || known.valid_until < each.valid_until) longest.set(each.name, each);
  }
  return [...longest.values()]
    .filter(({ valid_until }) => standingOf(valid_until, today) !== 'valid')
    .sort((one, other) => one.valid_until.localeCompare(other.valid_until));
}
