// What a customer's agreement takes from the promises to every customer: the lines it leaves as they are.
import type { Clause, Terms } from '../wire.ts';
import { outside } from './told.ts';

const SELECTORS = ['severity', 'clock', 'region_id', 'site_id', 'asset_id'] as const;
const VALUES = ['promise', 'calendar_id', 'starts_at', 'stops_at', 'stops_for_parts'] as const;

/** The terms of the house that hold beside a customer's own, in the regions of the customer's sites. */
export function relied(own: Terms, house: Terms, regions: ReadonlySet<string>): Terms {
  const rows = new Map(own.services.map((row) => [row.service, row]));
  const isNear = ({ region_id }: Clause): boolean => region_id === null || regions.has(region_id);
  const isOurs = ({ service }: Clause): boolean => service === null || rows.has(service);
  return {
    ...house,
    services: house.services
      .filter(({ service }) => rows.has(service))
      .map((row) => ({
        ...row,
        exclusions: rows.get(row.service)!.exclusions.length > 0 ? [] : row.exclusions,
        checklist: rows.get(row.service)!.checklist.length > 0 ? [] : row.checklist,
      })),
    clauses: outside(house).clauses.filter(
      (line) => isNear(line) && isOurs(line) && !own.clauses.some((each) => replaces(each, line, own)),
    ),
  };
}

/** Whether a customer's line sets all that a line of the house sets, wherever that one holds. */
function replaces(own: Clause, house: Clause, { services }: Terms): boolean {
  const service = own.service ?? (services.length === 1 ? services[0]!.service : null);
  const reaches =
    (service === null || service === house.service) &&
    SELECTORS.every((name) => own[name] === null || own[name] === house[name]);
  return reaches && VALUES.every((name) => house[name] === null || own[name] !== null);
}
