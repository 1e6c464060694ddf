// What calendars ask of the server: one line per route.
import { answerOf, api, ifVersion, type Schemas } from '../../lib/api/index.ts';
import { every } from '../every.ts';

export type Calendar = Schemas['CalendarOut'];
export type CalendarBody = Schemas['CalendarBody'];
export type CalendarChange = Schemas['CalendarChangeBody'];
export type Holiday = Schemas['HolidayOut'];
export type Revision = Schemas['CalendarRevisionOut'];

export interface HolidayWish {
  readonly country: string;
  readonly subdivision: string;
  readonly year: number;
}

export interface CalendarsGateway {
  calendars(): Promise<Calendar[]>;
  calendar(id: string): Promise<Calendar>;
  revisions(id: string): Promise<Revision[]>;
  create(body: CalendarBody, key: string): Promise<Calendar>;
  change(calendar: Calendar, body: CalendarChange): Promise<unknown>;
  holidays(wish: HolidayWish): Promise<Holiday[]>;
}

// The client knows windows as lists of numbers; the document says they are pairs.
export const httpGateway: CalendarsGateway = {
  calendars: () =>
    every((query) => answerOf(api.GET('/api/calendars', { params: { query } }))) as Promise<Calendar[]>,
  calendar: (id) => answerOf(api.GET('/api/calendars/{calendar_id}', at(id))) as Promise<Calendar>,
  revisions: async (id) =>
    (await answerOf(api.GET('/api/calendars/{calendar_id}/revisions', at(id)))).items as Revision[],
  create: (body, key) =>
    answerOf(
      api.POST('/api/calendars', { body, headers: { 'Idempotency-Key': key } }),
    ) as Promise<Calendar>,
  change: ({ id, version }, body) =>
    answerOf(
      api.PATCH('/api/calendars/{calendar_id}', { ...at(id), headers: ifVersion(version), body }),
    ),
  holidays: async ({ country, subdivision, year }) => {
    const part = subdivision.trim() === '' ? {} : { subdivision: subdivision.trim().toUpperCase() };
    const query = { country: country.trim().toUpperCase(), year, ...part };
    return (await answerOf(api.GET('/api/holidays', { params: { query } }))).items;
  },
};

function at(calendar_id: string) {
  return { params: { path: { calendar_id } } };
}
