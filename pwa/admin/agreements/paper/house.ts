// The promises to every customer that are in force, with the agreement they stand in.
import type { AgreementsGateway } from '../gateway.ts';
import { isOfTheHouse } from '../kinds.ts';
import type { Version } from '../wire.ts';

export interface HousePromise {
  readonly number: string;
  readonly version: Version;
}

const RUNNING = new Set(['active', 'legal_hold']);

export async function housePromises(
  gateway: Pick<AgreementsGateway, 'agreements' | 'agreement'>,
): Promise<HousePromise[]> {
  const ofTheHouse = (await gateway.agreements()).filter(isOfTheHouse);
  const found = await Promise.all(ofTheHouse.map(({ id }) => gateway.agreement(id)));
  return found.flatMap(({ number, versions }) =>
    versions.filter(({ status }) => RUNNING.has(status)).map((version) => ({ number, version })),
  );
}
