// A webhook as a form, and back.
import { Problem } from '../../lib/api/problem.ts';
import { requireSaid } from '../faults.ts';
import type { Webhook, WebhookBody } from './gateway.ts';

export interface WebhookForm {
  name: string;
  url: string;
  kinds: string[];
  regions: string[] | null;
  isActive: boolean;
}

export const formOf = (row: Webhook | undefined): WebhookForm => ({
  name: row?.name ?? '',
  url: row?.url ?? 'https://',
  kinds: row?.kinds ?? [],
  regions: row?.region_ids ?? null,
  isActive: row?.is_active ?? true,
});

/** Throws what can be said before the server is asked, at its field. */
export function bodyOf(form: WebhookForm): WebhookBody {
  requireSaid({ name: form.name, url: form.url.replace(/^https?:\/\/$/, '') });
  const empty = [form.kinds.length === 0 && 'kinds', form.regions?.length === 0 && 'region_ids'].filter((path) => path !== false);
  if (empty.length > 0) {
    throw new Problem({ code: 'invalid', errors: empty.map((path) => ({ path, code: 'too_short', detail: '' })) }, 422);
  }
  // The server reads an address in one way only: a host with a path.
  const url = form.url.trim();
  return { name: form.name, url: /^https?:\/\/[^/]+$/.test(url) ? `${url}/` : url, kinds: form.kinds, region_ids: form.regions };
}
