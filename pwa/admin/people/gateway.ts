// What the pages of people ask of the server: one line per route.
import { answerOf, api, ifVersion, type Schemas } from '../../lib/api/index.ts';
import { every } from '../every.ts';

export type Member = Schemas['MemberOut'];
export type Account = Schemas['AccountOut'];
export type AccountBody = Schemas['AccountBody'];
export type AccountChange = Schemas['AccountChangeBody'];
export type Invitation = Schemas['InvitationOut'];
export type Role = Member['role'];
type ReadingReasonPage = { items: readonly Schemas['ReadingReasonOut'][]; next_cursor?: string | null };
type Row = Pick<Member, 'id' | 'version'>;

export interface PeopleGateway {
  people(): Promise<Member[]>;
  person(id: string): Promise<Member>;
  create(body: AccountBody, key: string): Promise<Account>;
  change(row: Row, body: AccountChange): Promise<Member>;
  /** A new link to choose a password by, or none any more; mailed to them as well. */
  invite(row: Row, isOn: boolean, isMailed: boolean): Promise<Invitation>;
  sendsMail(): Promise<boolean>;
  signOut(row: Row, key: string): Promise<Member>;
  regions(): Promise<Schemas['RegionOut'][]>;
  technicians(): Promise<Schemas['TechnicianOut'][]>;
  customers(): Promise<Schemas['CustomerOut'][]>;
  /** What auditors said before they read, page by page. */
  readingReasons(cursor?: string): Promise<ReadingReasonPage>;
}

const at = (id: string) => ({ path: { account_id: id } });

export const httpGateway: PeopleGateway = {
  people: () => every((query) => answerOf(api.GET('/api/accounts', { params: { query } }))),
  person: (id) => answerOf(api.GET('/api/accounts/{account_id}', { params: at(id) })),
  create: (body, key) => answerOf(api.POST('/api/accounts', { body, headers: { 'Idempotency-Key': key } })),
  change: ({ id, version }, body) =>
    answerOf(api.PATCH('/api/accounts/{account_id}', { params: at(id), headers: ifVersion(version), body })),
  invite: ({ id, version }, is_on, is_mailed) =>
    answerOf(
      api.PATCH('/api/accounts/{account_id}/invitation', { params: at(id), headers: ifVersion(version), body: { is_on, is_mailed } }),
    ),
  sendsMail: async () => (await answerOf(api.GET('/api/mail'))).is_on,
  signOut: ({ id }, key) =>
    answerOf(api.POST('/api/accounts/{account_id}/sign_out', { params: at(id), headers: { 'Idempotency-Key': key } })),
  regions: () => every((query) => answerOf(api.GET('/api/regions', { params: { query } }))),
  technicians: () => every((query) => answerOf(api.GET('/api/technicians', { params: { query } }))),
  readingReasons: (cursor) =>
    answerOf(api.GET('/api/reading_reasons', { params: { query: cursor === undefined ? {} : { cursor } } })),
  customers: () => every((query) => answerOf(api.GET('/api/customers', { params: { query } }))),
};
