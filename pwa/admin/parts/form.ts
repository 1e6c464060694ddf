// One part of the catalogue as a form, and back. Its price stays the text that was typed.
import { decimalOf } from '../agreements/draft/amounts.ts';
import { requireSaid } from '../faults.ts';
import type { Part, PartBody, PartChange } from './gateway.ts';

export const units = ['piece', 'pair', 'set', 'm', 'l', 'kg'] as const;

export interface PartForm {
  code: string;
  names: Part['names'];
  unit: Part['unit'];
  /** In euros for one unit; empty where nobody has said. */
  price: string;
  isWithdrawn: boolean;
}

export function formOf(row: Part | undefined): PartForm {
  return {
    code: row?.code ?? '',
    names: { ...(row?.names ?? { en: '', fr: '', es: '', nl: '' }) },
    unit: row?.unit ?? 'piece',
    price: row?.price_eur ?? '',
    isWithdrawn: row?.is_withdrawn ?? false,
  };
}

/** Throws what can be said before the server is asked, at its field. */
export function bodyOf(form: PartForm): PartBody {
  requireSaid({ code: form.code, ...named(form) });
  return { code: form.code.trim(), names: form.names, unit: form.unit, price_eur: decimalOf(form.price) };
}

/** What may still change of a part that is there: neither its code nor what it is counted in. */
export function changeOf(form: PartForm): PartChange {
  requireSaid(named(form));
  return { names: form.names, price_eur: decimalOf(form.price), is_withdrawn: form.isWithdrawn };
}

function named({ names }: PartForm): Record<string, string> {
  return Object.fromEntries(Object.entries(names).map(([tag, name]) => [`names.${tag}`, name]));
}
