// What a label says, and whether it is the one to stand in front of. Reading it is in reading.ts.

import type { VisitDetail } from '../../lib/offline/commands.ts';
import type { Projected } from '../../lib/offline/project.ts';

export type Asset = NonNullable<VisitDetail['asset']>;

/** What was read, against what was looked for. */
export type Found =
  | { readonly is: 'right'; readonly asset: Asset }
  /** Another one of this phone's visits. */
  | { readonly is: 'other'; readonly asset: Asset; readonly visit: Projected }
  | { readonly is: 'unknown'; readonly code: string };

const OWN_CODE = /^[\w.-]{2,40}$/;

/** The code of a lift: bare, or in the address of its label; undefined where it is something else. */
export function codeIn(text: string): string | undefined {
  const written = text.trim();
  const [, quoted] = /^https?:\/\/[^/]+\/q\/([^/?#]+)\/?(?:[?#].*)?$/i.exec(written) ?? [];
  const code = quoted === undefined ? written : unquoted(quoted);
  return OWN_CODE.test(code) ? code.toUpperCase() : undefined;
}

/** Without a visit in hand any of this phone's lifts is an answer. */
export function find(code: string, visits: readonly Projected[], wanted?: Projected): Found {
  const isIt = ({ detail }: Projected): boolean => detail.asset?.code.toUpperCase() === code;
  if (wanted?.detail.asset && isIt(wanted)) return { is: 'right', asset: wanted.detail.asset };
  const visit = visits.find(isIt);
  return visit?.detail.asset ? { is: 'other', asset: visit.detail.asset, visit } : { is: 'unknown', code };
}

function unquoted(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
