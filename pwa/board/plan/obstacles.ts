// Why nobody takes a piece of work: each technician has an obstacle, told together where they are alike.
import { t } from '../../lib/i18n/index.ts';
import type { Reason } from '../wire.ts';
import { reasonWords } from '../words.ts';

/** One sentence for each kind of obstacle, the commonest first, with how many technicians have it. */
export function obstaclesTogether(reasons: readonly Reason[], zone: string): string[] {
  const kinds = new Map<string, Reason[]>();
  for (const reason of reasons) {
    const kind = 'job' in reason.facts ? `${reason.code} of another` : reason.code;
    kinds.set(kind, [...(kinds.get(kind) ?? []), reason]);
  }
  return [...kinds.values()]
    .sort((one, other) => other.length - one.length)
    .map((alike) => told(alike, zone));
}

/** Of several that differ only in their figures the slightest stands for all. */
function told(alike: readonly Reason[], zone: string): string {
  const [slightest] = [...alike].sort((one, other) => shortfall(one) - shortfall(other));
  const reason = reasonWords(slightest!, zone);
  if (alike.length === 1) return reason;
  const isSame = alike.every((one) => reasonWords(one, zone) === reason);
  return t(isSame ? 'board.plan.obstacle_of' : 'board.plan.obstacle_from', { count: alike.length, reason });
}

function shortfall({ facts }: Reason): number {
  return typeof facts['needed'] === 'number' ? facts['needed'] : 0;
}
