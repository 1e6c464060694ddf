// What a board can be narrowed to: by facet, each value with the name people know it by.
import { language, skillWord, t, wordFor } from '../../lib/i18n/index.ts';
import type { Board } from '../wire.ts';
import { STATES } from './filtering.ts';
import type { Facet } from './look.ts';

type Named = ReadonlyMap<string, string>;

export function optionsOf(board: Board | null): Record<Facet, Named> {
  const technicians = board?.technicians ?? [];
  const bars = technicians.flatMap((row) => row.visits);
  const work = [...bars, ...(board?.queue ?? [])];
  return {
    technician: named(technicians.map((row) => [row.id, row.name])),
    skill: named(technicians.flatMap((row) => Object.keys(row.skills).map((code) => [code, skillWord(code)]))),
    service: named(work.map(({ service }) => [service, serviceWord(service)])),
    severity: new Map((['S1', 'S2', 'S3', 'S4'] as const).map((one) => [one, wordFor('severity', one)])),
    state: new Map(STATES.map((state) => [state, t(`board.view.state.${state}`)])),
    customer: named(work.map(({ customer_id: id, customer_name: name }) => [id, name])),
  };
}

/** Services are named after kinds of work where they are the same. */
function serviceWord(code: string): string {
  return language.text(`work_type.${code}`) ?? code;
}

function named(pairs: readonly (readonly [string, string])[]): Named {
  const sorted = [...new Map(pairs)].filter(([value]) => value !== '');
  return new Map(sorted.sort(([, one], [, other]) => one.localeCompare(other)));
}
