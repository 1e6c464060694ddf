// The items of a checklist as a form holds them, and back.
import type { Schemas } from '../../lib/api/index.ts';
import { decimalOf, linesOf } from '../agreements/draft/amounts.ts';

type Item = Schemas['ChecklistItemOut'];
export type ItemBody = Schemas['ChecklistItemBody'];

export interface ItemForm {
  /** What tells rows of the form apart. */
  key: string;
  code: string;
  label: string;
  kind: Item['kind'];
  isMandatory: boolean;
  unit: string;
  low: string;
  high: string;
  /** One a line. */
  choices: string;
}

const key = (): string => crypto.randomUUID();

export const newItem = (): ItemForm => ({
  key: key(),
  code: '',
  label: '',
  kind: 'check',
  isMandatory: true,
  unit: '',
  low: '',
  high: '',
  choices: '',
});

export function itemForm({ key: code, is_mandatory, low, high, choices, ...item }: Item): ItemForm {
  return {
    ...item,
    key: key(),
    code,
    isMandatory: is_mandatory,
    low: low ?? '',
    high: high ?? '',
    choices: (choices ?? []).join('\n'),
  };
}

export function itemBody(item: ItemForm): ItemBody {
  const isReading = item.kind === 'reading';
  return {
    key: item.code,
    label: item.label,
    kind: item.kind,
    is_mandatory: item.isMandatory,
    unit: isReading ? item.unit : '',
    low: isReading ? decimalOf(item.low) : null,
    high: isReading ? decimalOf(item.high) : null,
    ...(item.kind === 'choice' ? { choices: linesOf(item.choices) } : {}),
  };
}
