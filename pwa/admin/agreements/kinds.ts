// What kind of agreement it is, in words: one with every customer is a promise of the house.
import { t, wordFor } from '../../lib/i18n/index.ts';
import type { AgreementBrief } from './wire.ts';

export function kindWords({ kind, customer_id }: Pick<AgreementBrief, 'kind' | 'customer_id'>): string {
  if (kind === 'customer' && customer_id === null) return t('admin.agreement.of_the_house');
  return wordFor('admin.agreement_kind', kind);
}
