// By when a visit has to succeed, for its ruler: what the customer was promised, and our own aim.

import { t } from '../lib/i18n/index.ts';
import type { VisitDetail } from '../lib/offline/commands.ts';
import { clipped, type RulerRow } from '../lib/ui/ruler.ts';

type Trail = VisitDetail['trails'][number];

export interface Deadline {
  readonly clock: Trail['clock'];
  readonly rows: readonly RulerRow[];
}

/** The promise that runs out first; undefined where none runs, or its trail is not on this phone. */
export function deadlineOf({ clocks, trails }: VisitDetail): Deadline | undefined {
  const running = clocks.find(({ stopped_at }) => stopped_at === null);
  const trail = running && trails.find(({ clock }) => isSame(clock, running));
  if (!trail) return undefined;
  const customer: RulerRow = {
    key: 'customer',
    label: t('party.customer'),
    spans: trail.spans,
    due: running.due_at,
    stopped: null,
  };
  const aim = running.internal_due_at;
  if (aim === null || aim === running.due_at) return { clock: running, rows: [customer] };
  const own: RulerRow = {
    key: 'internal',
    label: t('party.internal'),
    spans: clipped(trail.spans, aim),
    due: aim,
    stopped: null,
  };
  return { clock: running, rows: [customer, own] };
}

function isSame(one: Trail['clock'], other: Trail['clock']): boolean {
  return one.party === other.party && one.kind === other.kind && one.round === other.round;
}
