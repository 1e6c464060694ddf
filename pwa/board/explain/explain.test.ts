import { describe, expect, it } from 'vitest';
import { candidate, candidates, intervention } from '../testing/makers.ts';
import { refusal, twin } from '../testing/twin.ts';
import { Explain, MOST_CALLS } from './explain.svelte.ts';

describe('why', () => {
  it('measures a technician against the calls that wait, soonest broken promise first', async () => {
    const marc = candidate('Marc', { technician_id: 'marc' });
    const blocked = { technician_id: 'ines', technician_name: 'Inès', code: 'skill_missing', facts: {}, would_need: {} };
    const server = twin({ candidates: async () => ({ ...candidates(marc), blocked: [blocked] }) });
    const explain = new Explain(server);
    const queue = Array.from({ length: MOST_CALLS + 2 }, (_, place) => intervention(`call-${place}`));
    await explain.aboutTechnician('ines', queue);
    expect(explain.verdicts).toHaveLength(MOST_CALLS);
    expect(explain.verdicts?.[0]).toMatchObject({ candidate: null, blocked: { code: 'skill_missing' }, best: { technician_id: 'marc' } });
    await explain.aboutTechnician('marc', queue);
    expect(explain.verdicts?.[0]?.candidate?.technician_id).toBe('marc');
  });

  it('says so where the server will not answer', async () => {
    const explain = new Explain(twin({ candidates: () => Promise.reject(refusal('visit_frozen')) }));
    await explain.aboutWork('one');
    expect(explain.failure?.code).toBe('visit_frozen');
    expect(explain.candidates).toBeNull();
  });
});
