// What asking to be away needs of the server: one line per route.

import { answerOf, api, ifVersion, type Schemas } from '../../lib/api/index.ts';

export type Absence = Schemas['AbsenceOut'];
export type Wish = Schemas['AbsenceRequestBody'];

export const office = {
  /** The own absences that are not over, whoever wrote them down. */
  absences: async (from: string): Promise<readonly Absence[]> =>
    (await answerOf(api.GET('/api/absences', { params: { query: { from } } }))).items,
  ask: (body: Wish, key: string): Promise<Absence> =>
    answerOf(api.POST('/api/absences/requests', { body, headers: { 'Idempotency-Key': key } })),
  takeBack: ({ id, version }: Absence): Promise<unknown> =>
    answerOf(
      api.DELETE('/api/absences/{absence_id}', { params: { path: { absence_id: id } }, headers: ifVersion(version) }),
    ),
};

export type Office = typeof office;
