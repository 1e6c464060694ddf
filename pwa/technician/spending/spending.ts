// What parts and goodwill on one intervention come to, and what the technician may decide without the
// office: the rule of the server, so that nobody has to reach it to be told no. What is sent is judged there again.

import { number } from '../../lib/i18n/index.ts';
import { type CommandPayload, isOfVisit, type Pending, type VisitDetail } from '../../lib/offline/commands.ts';
import type { Part } from '../parts/catalogue.ts';

/** Whole hundred-thousandths of a euro: prices have two decimals, quantities three. */
export type Amount = number;
const EURO = 100_000;

type Adding = Pick<CommandPayload, 'parts' | 'goodwill'>;

export interface Spending {
  /** With what waits to be sent. */
  readonly spent: Amount;
  /** Up to what the intervention may come to; undefined without a limit. */
  readonly limit: Amount | undefined;
}

export interface Known {
  readonly unsent: readonly Pending[];
  /** The phone's visits on the same intervention. */
  readonly visitIds: readonly string[];
  readonly parts: readonly Part[];
  /** What the technician may decide alone, EUR; null without a limit. */
  readonly authority: string | null;
}

export function spendingOn({ spending }: Pick<VisitDetail, 'spending'>, { unsent, visitIds, parts, authority }: Known): Spending {
  // What was refused has been judged: it is either in what was spent already, or does not count.
  const waiting = unsent.filter(isOfVisit).filter(({ target, state }) => state === 'waiting' && visitIds.includes(target.id));
  const own = authority === null ? undefined : amountOf(authority);
  return {
    spent: waiting.reduce((sum, { payload }) => sum + costOf(payload, parts), amountOf(spending.spent_eur)),
    limit: own === undefined ? undefined : Math.max(own, amountOf(spending.approved_eur ?? '0')),
  };
}

/** What a step would add. A part without a price counts nothing. */
export function costOf({ parts: used, goodwill }: Adding, parts: readonly Part[]): Amount {
  const priceOf = (code: string): string => parts.find((part) => part.code === code)?.price_eur ?? '0';
  const costs = (used ?? []).map(({ part, quantity }) => whole(priceOf(part), 2) * whole(String(quantity), 3));
  return costs.reduce((sum, cost) => sum + cost, goodwill ? amountOf(String(goodwill.amount_eur)) : 0);
}

export function isAbove({ spent, limit }: Spending, more: Amount): boolean {
  return limit !== undefined && more > 0 && spent + more > limit;
}

/** As the reader's language writes euros. */
export function euros(amount: Amount): string {
  return number(amount / EURO, { style: 'currency', currency: 'EUR' });
}

/** Of an exact text such as `200.00`. */
export function amountOf(euros: string): Amount {
  return whole(euros, 2) * 1000;
}

/** A decimal text in units of its last digit: `2.5` to three decimals is 2500. No binary fraction touches money. */
function whole(text: string, decimals: number): number {
  const [units, fraction = ''] = text.split('.');
  return Number(units + fraction.slice(0, decimals).padEnd(decimals, '0'));
}
