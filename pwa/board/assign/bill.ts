// What a displaced visit means for its promise; the server says only whether it turns.
import { number } from '../../lib/i18n/index.ts';
import type { Candidate, Move, Owed } from '../wire.ts';

/** A promise can turn for the better too: only the other turn is a price. */
export function breaksPromise(move: Move): boolean {
  return move.promise_flips && move.lateness_after_seconds > 0;
}

export interface Dearer {
  readonly by: number;
  /** The term of the bill that differs most. */
  readonly mostlyFor: string;
}

/** How much more this choice costs than the first one, and what for; nothing where it costs the same. */
export function dearerThan(first: Candidate, other: Candidate): Dearer | null {
  const by = other.delta - first.delta;
  const terms = Object.keys({ ...first.terms, ...other.terms });
  const more = (term: string) => (other.terms[term] ?? 0) - (first.terms[term] ?? 0);
  const [mostlyFor] = terms.sort((one, two) => more(two) - more(one));
  return by > 0 && mostlyFor !== undefined ? { by, mostlyFor } : null;
}

export function owedWords({ amount, currency }: Owed): string {
  return number(Number(amount), { style: 'currency', currency, maximumFractionDigits: 2 });
}

/** What the promises this choice breaks cost together, by currency; empty where nothing is owed. */
export function owedInAll({ owed, moves }: Candidate): string {
  const totals = new Map<string, number>();
  for (const each of [owed, ...moves.map((move) => move.owed)]) {
    if (each) totals.set(each.currency, (totals.get(each.currency) ?? 0) + Number(each.amount));
  }
  return [...totals]
    .filter(([, amount]) => amount > 0)
    .map(([currency, amount]) => owedWords({ currency, amount: String(amount) }))
    .join(' + ');
}
