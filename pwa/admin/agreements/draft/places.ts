// Where in the form a fault is, in the words the form uses.
import type { FieldFault } from '../../../lib/api/problem.ts';
import { t } from '../../../lib/i18n/index.ts';
import { placeOf } from '../../faults.ts';

export function placeWords(fault: FieldFault): string {
  const [part, second, index] = placeOf(fault).split('.');
  if (part !== 'terms') return fieldWords(part);
  const row = index === undefined || Number.isNaN(Number(index)) ? undefined : Number(index) + 1;
  const title = partWords(second);
  return row === undefined ? title : t('admin.place.row', { part: title, row });
}

function fieldWords(field: string | undefined): string {
  switch (field) {
    case 'number':
      return t('admin.agreement.number');
    case 'name':
      return t('admin.agreement.name');
    case 'customer_id':
      return t('word.customer');
    case 'kind':
      return t('admin.agreement.kind');
    case 'party':
      return t('admin.agreement.party');
    case 'owner_name':
      return t('admin.agreement.owner');
    case 'review_every_months':
      return t('admin.agreement.review_every');
    case 'next_review_on':
      return t('admin.agreement.next_review');
    case 'valid_from':
      return t('admin.version.valid_from');
    case 'valid_to':
      return t('admin.version.valid_to');
    case 'zone':
      return t('admin.zone');
    default:
      return t('admin.place.whole');
  }
}

function partWords(part: string | undefined): string {
  switch (part) {
    case 'services':
      return t('admin.part.services');
    case 'clauses':
      return t('admin.part.promises');
    case 'policies':
      return t('admin.part.policies');
    case 'escalation':
      return t('admin.part.escalation');
    case 'penalties':
      return t('admin.part.penalties');
    case 'pricing':
      return t('admin.part.pricing');
    case 'amendment':
      return t('admin.part.amendment');
    case 'responsibilities':
      return t('admin.part.responsibilities');
    case 'obligations':
      return t('admin.part.obligations');
    case 'choices':
      return t('admin.part.choices');
    case 'objectives':
      return t('admin.part.objectives');
    case 'desired_outcome':
      return t('admin.part.outcome');
    default:
      return t('admin.place.whole');
  }
}
