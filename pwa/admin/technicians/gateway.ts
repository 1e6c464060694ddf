// What the pages of technicians ask of the server: one line per route.
import { answerOf, api, ifVersion, type Schemas } from '../../lib/api/index.ts';
import { every } from '../every.ts';

export type Technician = Schemas['TechnicianOut'];
export type TechnicianBody = Schemas['TechnicianBody'];
export type TechnicianChange = Schemas['TechnicianChangeBody'];
export type Region = Schemas['RegionOut'];
export type CalendarFeed = Schemas['CalendarFeedOut'];
export type Account = Schemas['AccountOut'];

export interface TechniciansGateway {
  technicians(): Promise<Technician[]>;
  technician(id: string): Promise<Technician>;
  create(body: TechnicianBody, key: string): Promise<Technician>;
  change(row: Technician, body: TechnicianChange): Promise<Technician>;
  /** Gives out a new address of the calendar, or ends the one there is. */
  changeFeed(row: Technician, isOn: boolean): Promise<CalendarFeed>;
  regions(): Promise<Region[]>;
  /** Everybody who can sign in: for administrators and auditors. */
  accounts(): Promise<Account[]>;
}

export const httpGateway: TechniciansGateway = {
  technicians: () => every((query) => answerOf(api.GET('/api/technicians', { params: { query } }))),
  technician: (id) => answerOf(api.GET('/api/technicians/{technician_id}', { params: { path: { technician_id: id } } })),
  create: (body, key) => answerOf(api.POST('/api/technicians', { body, headers: { 'Idempotency-Key': key } })),
  change: ({ id, version }, body) =>
    answerOf(
      api.PATCH('/api/technicians/{technician_id}', {
        params: { path: { technician_id: id } },
        headers: ifVersion(version),
        body,
      }),
    ),
  changeFeed: ({ id, version }, is_on) =>
    answerOf(
      api.PATCH('/api/technicians/{technician_id}/calendar_feed', {
        params: { path: { technician_id: id } },
        headers: ifVersion(version),
        body: { is_on },
      }),
    ),
  regions: () => every((query) => answerOf(api.GET('/api/regions', { params: { query } }))),
  accounts: () => every((query) => answerOf(api.GET('/api/accounts', { params: { query } }))),
};
