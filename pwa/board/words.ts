// Codes and numbers of the planner in the reader's words: reasons, obstacles, cost terms.
// The texts are in messages/board; a code nobody has written a text for still says something.
import { language, readableFact, reasonWords as chosenWords, t, UNSAID, wordFor } from '../lib/i18n/index.ts';
import type { Blocked, Facts, Reason } from './wire.ts';

type Words = Record<string, string>;

/** Codes all of whose numbers are durations; the facts of others say it by their names. */
const TIMED_CODES: ReadonlySet<string> = new Set([
  'overtime',
  'break_impossible',
  'dearer_than_dropping',
  'waited_for',
  'window_missed',
]);
/** Facts a text may ask for; one that is absent is written as a dash rather than as its name. */
const NAMED = [
  'appointed',
  'arrival',
  'budget',
  'capacity',
  'closes',
  'delta',
  'drop_cost',
  'has',
  'level',
  'load',
  'locked_start',
  'max',
  'moves',
  'needed',
  'skill',
];

/** Why somebody was chosen, or why nobody was: the second kind shares its words with obstacles. */
export function reasonWords(reason: Reason, zone: string): string {
  const isObstacle = language.text(`board.blocked.${reason.code}`) !== undefined;
  if (isObstacle) return obstacleWords(reason, zone);
  return chosenWords(reason, zone);
}

/** What stands in the way: of this call, or of another visit on the same round, by its name where one is known. */
export function obstacleWords(
  { code, facts }: { code: string; facts: Facts },
  zone: string,
  nameOf?: (work: string) => string,
): string {
  const isAboutStart = code === 'locked' && 'locked_start' in facts;
  const words = readable(code, facts, zone);
  const reason = wordFor('board.blocked', isAboutStart ? 'locked_start' : code, words);
  if (typeof facts['job'] !== 'string') return reason;
  return nameOf ? t('board.act.refused', { site: nameOf(facts['job']), why: reason }) : t('board.blocked.of_another', { reason });
}

/** The smallest change that would make this technician possible. */
export function neededWords(blocked: Pick<Blocked, 'code' | 'would_need'>, zone: string): string {
  const { technician, rule, ...rest } = blocked.would_need;
  if (typeof rule === 'string') {
    const need = neededWords({ code: rule, would_need: rest }, zone);
    return t('board.need.crew_completed', { technician: String(technician), need });
  }
  const facts = readable(blocked.code, blocked.would_need, zone);
  const [amount] = Object.values(facts).filter((value) => value !== UNSAID);
  return wordFor('board.need', blocked.code, { ...facts, amount: amount ?? UNSAID });
}

/** A reason somebody gave: one of the listed ones in words, anything else as it was written. */
export function givenReason(reason: string): string {
  return language.text(`pause_reason.${reason}`) ?? reason;
}

export function termWord(term: string): string {
  return wordFor('board.term', term);
}

/** With its sign, as `+12 min`. */
export function signed(amount: number, write: (size: number) => string): string {
  const sign = amount > 0 ? '+' : amount < 0 ? '−' : '';
  return sign + write(Math.abs(amount));
}

function readable(code: string, facts: Facts, zone: string): Words {
  const words: Words = Object.fromEntries(NAMED.map((name) => [name, UNSAID]));
  const isTimed = TIMED_CODES.has(code) || undefined;
  for (const [name, value] of Object.entries(facts)) words[name] = readableFact(name, value, zone, isTimed);
  return words;
}
