// What waits for a second person, in words, and where to read the whole of it.
import { t, timeOrDate, wordFor } from '../../lib/i18n/index.ts';
import { addressOf } from '../address.svelte.ts';
import { boardAddress } from '../board_address.ts';
import { moment, monthName } from '../months.ts';
import { longDay, money } from '../written.ts';
import type { Approval } from './approvals.svelte.ts';
import type { WaitingPause } from './gateway.ts';

export function linkOf(approval: Approval): string {
  switch (approval.kind) {
    case 'pause':
      return boardAddress(approval.of.region_id, approval.of.intervention_id);
    case 'excuse':
      return addressOf('breaches', approval.of.id);
    case 'credit':
      return addressOf('credits', approval.of.id);
    case 'verify':
    case 'end':
      return addressOf('agreements', approval.of.id, 'versions', approval.version.id);
  }
}

export function titleOf(approval: Approval): string {
  switch (approval.kind) {
    case 'pause':
      return `${approval.of.number} · ${approval.of.site_name}`;
    case 'excuse':
      return `${wordFor('clock', approval.of.clock)} · ${approval.of.site_name}`;
    case 'credit':
      return `${approval.of.customer_name} · ${monthName(approval.of.month)}`;
    case 'verify':
    case 'end':
      return `${approval.of.number} · ${approval.of.name}`;
  }
}

/** What is to be agreed to, in one sentence. */
export function whatOf(approval: Approval): string {
  switch (approval.kind) {
    case 'pause':
      return stood(approval.of);
    case 'excuse':
      return t('admin.approval.of_excuse', {
        number: approval.of.number,
        customer: approval.of.customer_name,
        summary: approval.of.summary,
      });
    case 'credit':
      return t('admin.approval.of_credit', {
        amount: money(approval.of.amount, approval.of.currency),
        agreement: approval.of.agreement_number,
      });
    case 'verify':
      return t('admin.approval.of_version', {
        number: approval.version.number,
        day: longDay(approval.version.valid_from),
      });
    case 'end':
      return t('admin.approval.of_end', {
        number: approval.version.number,
        day: approval.version.ends_on === null ? '' : longDay(approval.version.ends_on),
      });
  }
}

function stood({ pause, zone, customer_name: customer }: WaitingPause): string {
  const reason = wordFor('pause_reason', pause.reason);
  const from = moment(pause.from_at, zone);
  return pause.to_at === null
    ? t('admin.approval.of_open_pause', { reason, from, customer })
    : t('admin.approval.of_pause', { reason, from, to: timeOrDate(pause.to_at, new Date(pause.from_at), zone), customer });
}
