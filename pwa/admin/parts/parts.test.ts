import { describe, expect, it } from 'vitest';
import { Problem } from '../../lib/api/problem.ts';
import { Edited } from '../edited.svelte.ts';
import { bodyOf, changeOf, formOf, type PartForm } from './form.ts';
import type { Part } from './gateway.ts';

const names = { en: 'Door belt', fr: 'Courroie', es: 'Correa', nl: 'Riem' };
const belt: Part = { id: 'b', code: 'BELT', names, unit: 'm', price_eur: '34.00', is_withdrawn: false, version: 3 };

describe('the form of a part', () => {
  it('says what it was made of, and leaves out what never changes', () => {
    expect(changeOf(formOf(belt))).toEqual({ names, price_eur: '34.00', is_withdrawn: false });
  });

  it('keeps the price exact, takes a comma for a point, and nothing for no price', () => {
    const prices = ['0,10', ' 12.3 ', '', '-1'].map((price) => changeOf({ ...formOf(belt), price }).price_eur);
    expect(prices).toEqual(['0.10', '12.3', null, '-1']);
  });

  it('asks for a code and a name in every language before the server is asked', () => {
    const form = { ...formOf(undefined), names: { ...names, nl: ' ' } };
    expect(faultsOf(() => bodyOf(form))).toEqual(['code', 'names.nl']);
    expect(faultsOf(() => changeOf(form))).toEqual(['names.nl']);
    expect(bodyOf({ ...form, code: ' BELT ', names })).toEqual({ code: 'BELT', names, unit: 'piece', price_eur: null });
  });
});

it('keeps the price that was typed when somebody else changed the part, and saves on top of it', async () => {
  const edited = new Edited<Part, PartForm>(formOf, async () => ({ ...belt, price_eur: '40.00', version: 4 }));
  edited.open(belt);
  edited.form!.price = '36,50';
  const send = async (form: PartForm, row: Part | undefined): Promise<Part> => {
    if (row?.version !== 4) throw new Problem({ code: 'stale' }, 412);
    return { ...row, price_eur: String(changeOf(form).price_eur), version: 5 };
  };
  expect(await edited.save(send)).toBeUndefined();
  expect([edited.deed.problem?.code, edited.form!.price]).toEqual(['stale', '36,50']);
  expect(await edited.save(send)).toMatchObject({ price_eur: '36.50', version: 5 });
});

function faultsOf(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error.errors.map(({ path }) => path);
    throw error;
  }
  return [];
}
