// Who hears of a plan once it is published: the technicians concerned, and customers told anew.
import type { PlanChange } from '../wire.ts';

export interface Told {
  readonly technicians: readonly string[];
  readonly customers: number;
}

export function toldOf(changes: readonly PlanChange[]): Told {
  const names = changes.flatMap((one) => [one.from_technician_name, one.to_technician_name]);
  const technicians = [...new Set(names.filter((name) => name !== null))].sort();
  return { technicians, customers: changes.filter((one) => one.tells_customer).length };
}
