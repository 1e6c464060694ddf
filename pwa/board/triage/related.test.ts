import { describe, expect, it } from 'vitest';
import { refusal, twin } from '../testing/twin.ts';
import type { Related } from '../wire.ts';
import { RelatedReports, roles } from './related.svelte.ts';

const first = { id: 'first', status: 'qualified', reported_at: '2026-06-02T09:00:00Z', version: 3 } as const;
const again = { id: 'again', status: 'draft', reported_at: '2026-06-02T10:00:00Z', version: 1 } as const;
const nothing = { merged: [], tied: [], likely: [], merged_into: null } as unknown as Related;

describe('reports of the same trouble', () => {
  it('lets the earlier one go on, so that its promise does', () => {
    expect(roles<typeof first | typeof again>(again, first).goesOn.id).toBe('first');
    expect(roles<typeof first | typeof again>(first, again).goesOn.id).toBe('first');
  });

  it('lets the one go on to which somebody goes', () => {
    const visited = { ...again, status: 'scheduled' } as const;
    expect(roles<typeof first | typeof visited>(first, visited).goesOn.id).toBe('again');
  });

  it('merges on the version that was seen and says what goes on', async () => {
    const server = twin({ related: async () => nothing, merge: async () => nothing });
    const reports = new RelatedReports(server);
    await reports.show('again');
    expect(await reports.merge(again, first)).toBe('first');
    const merged = server.asked.find((one) => one.call === 'merge');
    expect(merged?.given).toEqual(['again', 'first', 1]);
  });

  it('keeps a refusal on screen', async () => {
    const server = twin({
      related: async () => nothing,
      merge: () => Promise.reject(refusal('merge_refused')),
    });
    const reports = new RelatedReports(server);
    await reports.show('again');
    expect(await reports.merge(again, first)).toBeNull();
    expect(reports.refusal?.code).toBe('merge_refused');
  });
});
