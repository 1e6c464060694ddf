// Which technician's phone can be relied upon, and who should be called about theirs.
import { Loaded } from '../loaded.svelte.ts';
import type { Device, PhonesGateway, Technician } from './gateway.ts';

export interface PhoneRow {
  readonly technician: Technician;
  /** The phone heard of last; none where somebody never signed in on one. */
  readonly device: Device | undefined;
  readonly isReady: boolean;
}

export class Phones {
  readonly list: Loaded<PhoneRow[]>;

  constructor(gateway: PhonesGateway) {
    this.list = new Loaded(async () => {
      const [technicians, devices] = await Promise.all([gateway.technicians(), gateway.devices()]);
      return rowsOf(technicians, devices);
    });
  }
}

/** Those with something to do first. */
export function rowsOf(technicians: readonly Technician[], devices: readonly Device[]): PhoneRow[] {
  return technicians
    .filter(({ is_active }) => is_active)
    .map((technician) => {
      const device = devices.find(({ technician_id }) => technician_id === technician.id);
      const isReady = device !== undefined && device.is_installed && device.is_persisted && device.is_reachable;
      return { technician, device, isReady };
    })
    .sort((one, other) => Number(one.isReady) - Number(other.isReady));
}
