// What the roster asks of the server: one line per route.
import { answerOf, api, ifVersion, type Schemas } from '../../lib/api/index.ts';
import { every } from '../every.ts';

export type Technician = Schemas['TechnicianOut'];
export type Region = Schemas['RegionOut'];
export type Shift = Schemas['ShiftOut'];
export type ShiftBody = Schemas['ShiftBody'];
export type ShiftChange = Schemas['ShiftChangeBody'];
export type Absence = Schemas['AbsenceOut'];
export type AbsenceBody = Schemas['AbsenceBody'];
export type AbsenceDecision = Schemas['AbsenceDecisionBody'];
export type WeekBody = Schemas['WeekBody'];
export type UsualDuty = WeekBody['duties'][number];
export type CalendarReading = Schemas['CalendarReadingBody'];
export type Calendar = Schemas['CalendarReadingOut'];
export type CalendarEntry = Schemas['CalendarEntryOut'];
export type CalendarEntries = Schemas['CalendarEntriesBody'];
export type RotaBody = Schemas['RotaBody'];
export type Written = Schemas['WrittenOut'];
export type CalendarFeed = Schemas['CalendarFeedOut'];
export type VisitDetail = Pick<Schemas['VisitDetailOut'], 'number' | 'site' | 'visit'>;

export interface Span {
  readonly from: string;
  readonly to: string;
}

const once = (key: string) => ({ headers: { 'Idempotency-Key': key } });

export const httpGateway = {
  regions: (): Promise<Region[]> => every((query) => answerOf(api.GET('/api/regions', { params: { query } }))),
  technicians: (region: string): Promise<Technician[]> =>
    every((query) => answerOf(api.GET('/api/technicians', { params: { query: { ...query, region_id: region } } }))),
  shifts: (span: Span): Promise<Shift[]> =>
    every((query) => answerOf(api.GET('/api/shifts', { params: { query: { ...query, ...span } } }))),
  absences: (span: Span): Promise<Absence[]> =>
    every((query) => answerOf(api.GET('/api/absences', { params: { query: { ...query, ...span } } }))),
  requests: (): Promise<Absence[]> =>
    every((query) => answerOf(api.GET('/api/absences', { params: { query: { ...query, state: 'requested' } } }))),
  /** What a technician has planned in a span. */
  visits: (technician: string, span: Span): Promise<VisitDetail[]> =>
    every((query) => answerOf(api.GET('/api/visits', { params: { query: { ...query, ...span, technician_id: technician } } }))),
  addShift: (body: ShiftBody, key: string): Promise<Shift> => answerOf(api.POST('/api/shifts', { body, ...once(key) })),
  changeShift: ({ id, version }: Shift, body: ShiftChange): Promise<Shift> =>
    answerOf(api.PATCH('/api/shifts/{shift_id}', { params: { path: { shift_id: id } }, headers: ifVersion(version), body })),
  removeShift: ({ id, version }: Shift): Promise<unknown> =>
    answerOf(api.DELETE('/api/shifts/{shift_id}', { params: { path: { shift_id: id } }, headers: ifVersion(version) })),
  addAbsence: (body: AbsenceBody, key: string): Promise<Absence> =>
    answerOf(api.POST('/api/absences', { body, ...once(key) })),
  decide: (id: string, body: AbsenceDecision, key: string): Promise<Absence> =>
    answerOf(api.POST('/api/absences/{absence_id}/decision', { params: { path: { absence_id: id } }, body, ...once(key) })),
  removeAbsence: ({ id, version }: Absence): Promise<unknown> =>
    answerOf(
      api.DELETE('/api/absences/{absence_id}', { params: { path: { absence_id: id } }, headers: ifVersion(version) }),
    ),
  writeWeek: (technician: string, body: WeekBody, key: string): Promise<Written> =>
    answerOf(
      api.POST('/api/technicians/{technician_id}/week', { params: { path: { technician_id: technician } }, body, ...once(key) }),
    ),
  writeRota: (body: RotaBody, key: string): Promise<Written> =>
    answerOf(api.POST('/api/on_call_rota', { body, ...once(key) })),
  /** What stands in a calendar kept elsewhere; nothing is written. */
  readCalendar: (technician: string, body: CalendarReading): Promise<Calendar> =>
    answerOf(
      api.POST('/api/technicians/{technician_id}/calendar_reading', { params: { path: { technician_id: technician } }, body }),
    ),
  writeEntries: (technician: string, body: CalendarEntries, key: string): Promise<Written> =>
    answerOf(
      api.POST('/api/technicians/{technician_id}/calendar_entries', {
        params: { path: { technician_id: technician } },
        body,
        ...once(key),
      }),
    ),
};

export type RosterGateway = typeof httpGateway;
