// What the pages about notifications ask of the server: one line per route.
import { answerOf, api, ifVersion, type Schemas } from '../api/index.ts';

export type Own = Schemas['OwnNotificationsOut'];
export type OwnChange = Schemas['OwnNotificationsBody'];
export type OfRole = Schemas['RoleNotificationsOut'];
export type Topic = Schemas['TopicOut'];
export type Yesterday = Schemas['YesterdayOut'];
export type RoleName = Schemas['RoleNotificationsBody']['role'];

export interface NotifyingGateway {
  mine(): Promise<Own>;
  change(body: OwnChange, version: number): Promise<Own>;
  /** What would have come on the day before today, where the reader is. */
  yesterday(zone: string): Promise<Yesterday>;
  ofRole(role: RoleName): Promise<OfRole>;
  changeRole(role: RoleName, choices: Choices, version: number): Promise<OfRole>;
}

export type Choices = Record<string, Record<string, boolean>>;

export const httpGateway: NotifyingGateway = {
  mine: () => answerOf(api.GET('/api/notifications/mine')),
  change: (body, version) =>
    answerOf(api.PATCH('/api/notifications/mine', { body, headers: ifVersion(version) })),
  yesterday: (zone) =>
    answerOf(api.GET('/api/notifications/yesterday', { params: { query: { zone } } })),
  ofRole: (role) => answerOf(api.GET('/api/notifications/role', { params: { query: { role } } })),
  changeRole: (role, choices, version) =>
    answerOf(api.PATCH('/api/notifications/role', { body: { role, choices }, headers: ifVersion(version) })),
};
