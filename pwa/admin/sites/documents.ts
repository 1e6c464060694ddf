// One paper of a site or a lift as a form, and back.
import { requireSaid } from '../faults.ts';
import type { Document, DocumentBody } from './gateway.ts';

export interface DocumentForm {
  kind: Document['kind'];
  name: string;
  /** Empty for the whole site. */
  asset: string;
  validUntil: string;
  isShared: boolean;
}

export const kinds = ['certificate', 'manual', 'schema', 'other'] as const;
const A_MONTH = 30;

export function documentForm(row: Document | undefined): DocumentForm {
  return {
    kind: row?.kind ?? 'certificate',
    name: row?.name ?? '',
    asset: row?.asset_id ?? '',
    validUntil: row?.valid_until ?? '',
    isShared: row?.is_shared ?? false,
  };
}

export function documentBody(form: DocumentForm, site: string): DocumentBody {
  requireSaid({ name: form.name });
  return {
    site_id: site,
    asset_id: form.asset || null,
    kind: form.kind,
    name: form.name,
    valid_until: form.validUntil || null,
    is_shared: form.isShared,
  };
}

/** How a paper stands on a day: it holds on its last day, too. */
export function standing(validUntil: string | null, today: string): 'over' | 'soon' | 'holds' {
  if (validUntil === null) return 'holds';
  if (validUntil < today) return 'over';
  const days = (Date.parse(validUntil) - Date.parse(today)) / 86_400_000;
  return days <= A_MONTH ? 'soon' : 'holds';
}
