// What kind of agreement it is, in words: one with every customer is a promise of the house.
import { t, wordFor } from '../../lib/i18n/index.ts';
import type { AgreementBrief } from './wire.ts';

type Kind = Pick<AgreementBrief, 'kind' | 'customer_id'>;

export const isOfTheHouse = ({ kind, customer_id }: Kind): boolean =>
  kind === 'customer' && customer_id === null;

export function kindWords(agreement: Kind): string {
  if (isOfTheHouse(agreement)) return t('admin.agreement.of_the_house');
  return wordFor('admin.agreement_kind', agreement.kind);
}
