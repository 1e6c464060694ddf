import { describe, expect, test } from 'vitest';
import { unsent, visit } from '../../lib/offline/testing/makers.ts';
import type { Part } from '../parts/catalogue.ts';
import { costOf, isAbove, type Known, type Spending, spendingOn } from './spending.ts';

function part(code: string, price_eur: string | null): Part {
  return { id: code, code, names: { en: code, fr: code, es: code, nl: code }, unit: 'piece', price_eur, is_withdrawn: false, version: 1 };
}

const parts = [part('ROPE', '12.35'), part('BELT', '80.00'), part('FREE', null)];
const nothing = { spent_eur: '0.00', authority_eur: null, approved_eur: null, approved_reason: '', approved_by: '', goodwill: [] };

function spending(changes: Partial<Known> = {}, told: Partial<typeof nothing> | { approved_eur: string } = {}): Spending {
  const known = { unsent: [], visitIds: ['visit-1', 'visit-2'], parts, authority: '200.00', ...changes };
  return spendingOn(visit({}, { spending: { ...nothing, ...told } }), known);
}

const belts = (quantity: string) => costOf({ parts: [{ part: 'BELT', quantity }] }, parts);

describe('what a step adds', () => {
  test('is exact to the last digit of a quantity', () => {
    expect(costOf({ parts: [{ part: 'ROPE', quantity: '2.125' }] }, parts)).toBe(2_624_375);
  });

  test('is nothing for a part without a price or not in the catalogue', () => {
    expect(costOf({ parts: [{ part: 'FREE', quantity: '3' }, { part: 'GONE', quantity: '3' }] }, parts)).toBe(0);
  });

  test('is parts and goodwill together', () => {
    expect(costOf({ parts: [{ part: 'BELT', quantity: '1' }], goodwill: { amount_eur: '0.5', reason: 'r' } }, parts)).toBe(8_050_000);
  });
});

describe('what may be decided without the office', () => {
  test('is the amount itself and not a cent more', () => {
    expect(isAbove(spending({}, { spent_eur: '120.00' }), belts('1'))).toBe(false);
    expect(isAbove(spending({}, { spent_eur: '120.01' }), belts('1'))).toBe(true);
  });

  test('is everything where there is no limit', () => {
    expect(isAbove(spending({ authority: null }), belts('1000'))).toBe(false);
  });

  test('is nothing where the limit is zero, but for what costs nothing', () => {
    expect(isAbove(spending({ authority: '0.00' }), belts('1'))).toBe(true);
    expect(isAbove(spending({ authority: '0.00' }, { spent_eur: '5.00' }), 0)).toBe(false);
  });

  test('is more once the office approved more, and never less', () => {
    expect(isAbove(spending({}, { approved_eur: '240.00' }), belts('3'))).toBe(false);
    expect(isAbove(spending({}, { approved_eur: '10.00' }), belts('2.5'))).toBe(false);
  });

  test('is used up by what waits to be sent, of all visits of the intervention', () => {
    const waiting = [
      unsent('note', { payload: { parts: [{ part: 'BELT', quantity: '1' }] } }),
      unsent('note', { target: { kind: 'visit', id: 'visit-2' }, payload: { goodwill: { amount_eur: '50.00', reason: 'r' } } }),
      unsent('note', { target: { kind: 'visit', id: 'visit-9' }, payload: { parts: [{ part: 'BELT', quantity: '9' }] } }),
    ];
    expect(spending({ unsent: waiting }).spent).toBe(13_000_000);
    expect(isAbove(spending({ unsent: waiting }), belts('1'))).toBe(true);
  });

  test('is not used up by what was refused: that was judged already', () => {
    const refused = unsent('note', { state: 'parked', payload: { parts: [{ part: 'BELT', quantity: '3' }] } });
    expect(spending({ unsent: [refused] }).spent).toBe(0);
  });
});
