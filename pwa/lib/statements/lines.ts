// The lines of a month's statement in words and in rows: what for, how many, at which price, how much.
import type { Schemas } from '../api/index.ts';
import type { Cell } from '../csv.ts';
import { date, language, number, t, wordFor } from '../i18n/index.ts';

export type StatementLine = Schemas['StatementLineOut'];

/** `May 2026`, from `2026-05`. */
export function monthWords(month: string): string {
  const tag = language.tag === 'en' ? 'en-GB' : language.tag;
  const options = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(tag, options).format(new Date(`${month}-01T00:00:00Z`));
}

// A day has no zone of its own.
const dayWords = (day: string): string => date(day, 'UTC');

export const moneyWords = (amount: string, currency: string): string =>
  number(Number(amount), { style: 'currency', currency });

export function titleOf({ kind, credit, measure }: StatementLine): string {
  if (credit) return t('statement.kind.credit', { number: credit.number });
  const name = wordFor('statement.kind', kind);
  return measure ? `${name} · ${wordFor('statement.measure', measure)}` : name;
}

/** What stands below it: why it came to this. `monthDays` are the days of the whole month. */
export function detailsOf(line: StatementLine, monthDays: number): string[] {
  const { credit, days, goodwill } = line;
  const said = line.agreement_number ? [t('statement.agreement', { number: line.agreement_number })] : [];
  if (days != null && days < monthDays) said.push(t('statement.days', { count: days }));
  if (line.interventions?.length) said.push(line.interventions.join(', '));
  if (line.done_on != null)
    said.push(t(line.kind === 'later_day' ? 'statement.done_on' : 'statement.told_late', { day: dayWords(line.done_on) }));
  if (line.measure) said.push(outcomeWords(line));
  if (goodwill) said.push(...goodwillWords(goodwill));
  if (credit) {
    said.push(t('statement.for_unit', { month: monthWords(credit.month), unit: credit.unit_name }));
    if (credit.counters !== null) said.push(t('statement.counters', { number: credit.counters }));
    if (credit.breaches.length > 0) {
      const numbers = [...new Set(credit.breaches.map((each) => each.number))].join(', ');
      said.push(t('statement.breaches', { count: credit.breaches.length }), numbers);
    }
    if (credit.down_minutes !== null && credit.agreed_minutes !== null)
      said.push(
        t('statement.minutes', { down: number(credit.down_minutes), agreed: number(credit.agreed_minutes) }),
      );
  }
  return said;
}

/** When it was promised and taken back; the office also reads by whom and why. */
function goodwillWords({ given_on, withdrawn_on, by, reason }: NonNullable<StatementLine['goodwill']>): string[] {
  const given = dayWords(given_on);
  const when = withdrawn_on
    ? t('statement.withdrawn_on', { given, day: dayWords(withdrawn_on) })
    : t('statement.given_on', { day: given });
  return by ? [when, t('statement.by', { who: by, reason: reason ?? '' })] : [when];
}

function outcomeWords({ measure, at_least, value, standing }: StatementLine): string {
  const onScale = (given: string): string =>
    ['csat_mean', 'ces_mean', 'xla_score'].includes(measure ?? '')
      ? number(Number(given), { maximumFractionDigits: 2 })
      : number(Number(given) / 100, { style: 'percent', maximumFractionDigits: 2 });
  const least = onScale(at_least ?? '0');
  if (standing === 'unknown' || value == null) return t('statement.unmeasured', { least });
  return t(standing === 'reached' ? 'statement.reached' : 'statement.missed', { value: onScale(value), least });
}

export const daysOf = (month: string): number => {
  const [year, which] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, which, 0)).getUTCDate();
};

/** A line as a table program reads it. */
export const rawRow = (line: StatementLine, monthDays: number): Cell[] => [
  titleOf(line),
  detailsOf(line, monthDays).join('; '),
  line.quantity ?? null,
  line.price ?? null,
  line.amount,
  line.currency,
];
