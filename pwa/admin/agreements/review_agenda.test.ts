// The agenda of a review: what happened stands on it by itself, and comes back until it is done.
import { expect, test } from 'vitest';
import type { Improvement, Voice } from '../experience/gateway.ts';
import { agendaOf } from './review_agenda.ts';

const voice = (id: string, raised_at: string) => ({ id, raised_at }) as Voice;
const improvement = (id: string, due_on: string) => ({ id, due_on }) as Improvement;

test('an irritation and an open improvement stand on the agenda of their agreement, the oldest first', async () => {
  const asked: string[] = [];
  const agenda = await agendaOf(
    {
      voices: async (agreement) => {
        asked.push(agreement);
        return [voice('new', '2026-11-20T10:00:00Z'), voice('old', '2026-10-01T10:00:00Z')];
      },
      improvements: async (agreement) => {
        asked.push(agreement);
        return [improvement('later', '2027-01-01'), improvement('sooner', '2026-12-01')];
      },
    },
    'a1',
  );
  expect(asked).toEqual(['a1', 'a1']);
  expect(agenda.voices.map(({ id }) => id)).toEqual(['old', 'new']);
  expect(agenda.open.map(({ id }) => id)).toEqual(['sooner', 'later']);
});
