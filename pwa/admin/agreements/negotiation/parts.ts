// The parts of terms that a requirement can be traced to, as choices and in words.
import { t, wordFor } from '../../../lib/i18n/index.ts';
import type { Lookup } from '../terms/told.ts';
import type { Terms, TraceBody } from '../wire.ts';

type Part = Pick<TraceBody, 'part'> & Partial<Record<'service' | 'severity' | 'clock' | 'where', string | null>>;

/** The same part is always written the same way, so that a choice can name it. */
export const keyOf = ({ part, service, severity, clock }: Part): string =>
  [part, service ?? '', severity ?? '', clock ?? ''].join('|');

export function traceOf(key: string): TraceBody {
  const [part, service, severity, clock] = key.split('|');
  return {
    part: part as TraceBody['part'],
    service: service || null,
    severity: (severity || null) as TraceBody['severity'],
    clock: (clock || null) as TraceBody['clock'],
  };
}

/** Every part the terms say something at, promises first. */
export function partsOf(terms: Terms): string[] {
  const only = terms.services.length === 1 ? terms.services[0]!.service : null;
  const promises = terms.clauses
    .filter((each) => each.promise !== null && each.clock !== null && (each.service ?? only) !== null)
    .map((each) => keyOf({ part: 'promise', service: each.service ?? only, severity: each.severity, clock: each.clock }));
  const services = terms.services.flatMap((row) => [
    ...(row.availability_percent === null ? [] : [keyOf({ part: 'availability', service: row.service })]),
    ...(row.exclusions.length === 0 ? [] : [keyOf({ part: 'exclusions', service: row.service })]),
  ]);
  const rest = (
    [
      ['penalties', terms.penalties !== null],
      ['responsibilities', terms.responsibilities.length > 0],
      ['obligations', terms.obligations.length > 0],
      ['escalation', terms.escalation.length > 0],
      ['desired_outcome', terms.desired_outcome !== ''],
    ] as const
  ).filter(([, isSaid]) => isSaid);
  return [...new Set([...promises, ...services, ...rest.map(([part]) => keyOf({ part }))])];
}

export function partWords(part: Part, names: Pick<Lookup, 'serviceName'>): string {
  const said = [
    part.part === 'promise' ? wordFor('clock', part.clock ?? '') : t(`admin.traced.${part.part}`),
    part.service ? names.serviceName(part.service) : '',
    part.severity ? wordFor('severity', part.severity) : '',
    part.where ?? '',
  ];
  // Asking for something is both a service and a severity: once is enough.
  return said.filter((each, index) => each !== '' && said.indexOf(each) === index).join(' · ');
}
