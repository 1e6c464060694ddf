import { beforeAll, expect, test } from 'vitest';
import { catalogues } from '../generated/technician.ts';
import { language } from '../lib/i18n/index.ts';
import type { VisitDetail } from '../lib/offline/commands.ts';
import { clock, visit } from '../lib/offline/testing/makers.ts';
import { deadlineOf } from './deadline.ts';

beforeAll(() => language.start(catalogues));

const response = clock({ internal_due_at: '2026-11-23T10:26:00Z' });
const trail: VisitDetail['trails'][number] = {
  clock: response,
  zone: 'Europe/Andorra',
  ends_at: '2026-11-23T10:50:00Z',
  spans: [
    { kind: 'counted', from_at: '2026-11-23T08:50:00Z', to_at: '2026-11-23T10:50:00Z', seconds: 7200, note: '', author: '' },
  ],
  origins: [],
  due_if_resumed_at: null,
  overrun_seconds: 0,
  service_overrun_seconds: 0,
};

test('the customer’s promise and our own, earlier aim are two rows on one scale', () => {
  const rows = deadlineOf(visit({}, { clocks: [response], trails: [trail] }))?.rows;
  expect(rows?.map(({ label, due }) => [label, due])).toEqual([
    ['Customer', '2026-11-23T10:50:00Z'],
    ['Our own aim', '2026-11-23T10:26:00Z'],
  ]);
  expect(rows?.[1]?.spans[0]?.to_at).toBe('2026-11-23T10:26:00Z');
});

test('a promise already kept needs no explaining; the next one does', () => {
  const arrived = { ...response, stopped_at: '2026-11-23T10:00:00Z', state: 'met' } as const;
  const back = clock({ kind: 'resolution', due_at: '2026-11-23T16:50:00Z' });
  const detail = visit({}, { clocks: [arrived, back], trails: [trail, { ...trail, clock: back }] });
  expect(deadlineOf(detail)?.clock.kind).toBe('resolution');
  expect(deadlineOf(detail)?.rows).toHaveLength(1);
});

test('where nothing is promised there is nothing to show', () => {
  expect(deadlineOf(visit())).toBeUndefined();
});
