// What the list of phones asks of the server: one line per route.
import { answerOf, api, type Schemas } from '../../lib/api/index.ts';
import { every } from '../every.ts';

export type Device = Schemas['DeviceOut'];
export type Technician = Pick<Schemas['TechnicianOut'], 'id' | 'name' | 'is_active'>;

export interface PhonesGateway {
  technicians(): Promise<Technician[]>;
  /** The last heard of first. */
  devices(): Promise<Device[]>;
}

export const httpGateway: PhonesGateway = {
  technicians: () => every((query) => answerOf(api.GET('/api/technicians', { params: { query } }))),
  devices: () => every((query) => answerOf(api.GET('/api/devices', { params: { query } }))),
};
