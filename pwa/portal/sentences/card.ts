// What is promised for one service at one site, in plain sentences.

import { language, t } from '../../lib/i18n/index.ts';
import { hoursAndMinutes, promisedWords } from '../../lib/ui/promised.ts';
import type { Asset, Card, CardPromise } from '../wire.ts';
import { percentWords } from './amounts.ts';
import { nounFor } from './counts.ts';
import { hoursWords } from './hours.ts';
import { sentence } from './names.ts';

type Severity = CardPromise['severity'];

/** Severities about which the very same is promised. */
interface Group {
  readonly severities: readonly Severity[];
  readonly promises: readonly CardPromise[];
}

const severities: readonly Severity[] = ['S1', 'S2', 'S3', 'S4'];
const inOrder: readonly CardPromise['clock'][] = ['acknowledge', 'response', 'safe', 'resolution'];

export function cardSentences(card: Card, assets: readonly Asset[]): string[] {
  if (card.agreement_number === null) return [t('portal.card.nothing')];
  const noun = nounFor(assets);
  return [
    ...(card.promises.length === 0 ? [t('portal.card.no_time')] : []),
    ...grouped(card.promises).map((group) => promiseSentence(group, noun)),
    ...(card.availability_percent === null
      ? []
      : [t('portal.card.availability', { percent: percentWords(card.availability_percent) })]),
    ...(card.exclusions.length === 0
      ? []
      : [t('portal.card.excluded', { list: card.exclusions.map(withoutStop).join('; ') })]),
  ];
}

/** The service as the reader calls it. */
export function serviceName({ service_names }: Pick<Card, 'service_names'>): string {
  return service_names[language.tag];
}

function grouped(promises: readonly CardPromise[]): Group[] {
  const groups = new Map<string, Group>();
  for (const severity of severities) {
    const own = promises
      .filter((each) => each.severity === severity)
      .sort((one, other) => inOrder.indexOf(one.clock) - inOrder.indexOf(other.clock));
    if (own.length === 0) continue;
    const key = JSON.stringify(own.map(({ clock, promise, hours }) => [clock, promise, hours]));
    groups.set(key, { severities: [...(groups.get(key)?.severities ?? []), severity], promises: own });
  }
  return [...groups.values()];
}

function promiseSentence({ severities: about, promises }: Group, noun: ReturnType<typeof nounFor>): string {
  const hours = new Set(promises.map((each) => hoursWords(each.hours)));
  const [only] = hours.size === 1 ? [...hours] : [];
  const parts = promises.map((each) =>
    only === undefined ? `${promised(each, about)} (${hoursWords(each.hours)})` : promised(each, about),
  );
  const facts = { what: listed(parts, 'conjunction'), hours: only === undefined ? '' : `, ${only}` };
  if (about.length === severities.length) return sentence(t('portal.card.always', facts));
  const when = about.map((severity) =>
    severity === 'S2' || severity === 'S3' ? t(`portal.card.when.${severity}.${noun}`) : t(`portal.card.when.${severity}`),
  );
  return sentence(t('portal.card.if', { ...facts, when: listed(when, 'disjunction') }));
}

function promised({ clock, promise, hours }: CardPromise, about: readonly Severity[]): string {
  // Where service never closes, service time is time.
  const isPlain = hours.always_open && promise.kind === 'seconds';
  const within = isPlain
    ? t('portal.card.within', { amount: hoursAndMinutes(promise.seconds ?? 0) })
    : promisedWords(promise);
  const facts = { promised: within };
  // A request, or a round of maintenance, is done; what was broken works again.
  if (clock === 'resolution' && about.includes('S4')) return t('portal.card.what.done', facts);
  return t(`portal.card.what.${clock}`, facts);
}

function listed(parts: readonly string[], type: Intl.ListFormatType): string {
  return new Intl.ListFormat(language.tag, { type }).format(parts);
}

function withoutStop(text: string): string {
  return text.trim().replace(/\.$/, '');
}
