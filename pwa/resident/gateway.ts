// What people without an account ask of the server. They are nobody to it, whoever is signed in on this device.

import { answerOf, api, type Schemas } from '../lib/api/index.ts';

export type LabelPlace = Schemas['LabelPlaceOut'];
export type Report = Schemas['ResidentReportBody'];
export type Reported = Schemas['ResidentReportedOut'];
export type Tracked = Schemas['TrackedOut'];

export interface Gateway {
  place(token: string): Promise<LabelPlace>;
  /** `key` makes a repeated report the same report. */
  report(report: Report, key: string): Promise<Reported>;
  tracked(token: string): Promise<Tracked>;
  /** Where to say how it was; handed out until somebody did. */
  survey(token: string): Promise<string>;
}

const credentials = 'omit';

export const gateway: Gateway = {
  place: (token) => answerOf(api.GET('/api/reports_by_label', { params: { query: { token } }, credentials })),
  report: (body, key) =>
    answerOf(api.POST('/api/reports_by_label', { body, headers: { 'Idempotency-Key': key }, credentials })),
  tracked: (token) => answerOf(api.GET('/api/tracked', { params: { query: { token } }, credentials })),
  survey: async (token) => (await answerOf(api.POST('/api/tracked/survey', { body: { token }, credentials }))).path,
};
