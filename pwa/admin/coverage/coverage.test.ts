import { describe, expect, it } from 'vitest';
import { Problem } from '../../lib/api/problem.ts';
import { CoverageView } from './coverage.svelte.ts';
import type { CoverageGateway, Exposure } from './gateway.ts';

const item = (site_id: string, site_name: string, service: string) => ({
  site_id,
  site_name,
  service,
  customer_id: 'c',
  customer_name: 'Hotels SA',
  region_id: 'r',
});

function server(given: Partial<CoverageGateway> = {}): CoverageGateway & { days: string[] } {
  const days: string[] = [];
  return {
    days,
    coverage: async (day) => {
      days.push(day);
      const items = [item('2', 'Valira', 'repair'), item('1', 'Arinsal', 'repair'), item('2', 'Valira', 'inspection')];
      return { day, items };
    },
    exposures: async () => ({ items: [], totals: {} }),
    services: async () => [{ code: 'repair', names: { en: 'Lift repair' } }] as never,
    ...given,
  };
}

describe('coverage', () => {
  it('gathers the services without a promise by site, in order of names', async () => {
    const view = new CoverageView(server(), '2026-11-24');
    await view.refresh();
    expect(view.sites.map((each) => [each.name, each.services])).toEqual([
      ['Arinsal', ['Lift repair']],
      ['Valira', ['Lift repair', 'inspection']],
    ]);
  });

  it('looks at another day when one is chosen', async () => {
    const asked = server();
    const view = new CoverageView(asked, '2026-11-24');
    await view.look('2027-01-01');
    await view.look('');
    expect(asked.days).toEqual(['2027-01-01']);
  });

  it('lists agreements whose review is overdue, and the totals by currency', async () => {
    const items = [{ number: 'A', is_review_overdue: true }, { number: 'B', is_review_overdue: false }];
    const exposures = async () => ({ items: items as Exposure[], totals: { EUR: '120.00', CHF: '9.00' } });
    const view = new CoverageView(server({ exposures }), '2026-11-24');
    await view.refresh();
    expect(view.overdue.map((each) => each.number)).toEqual(['A']);
    expect(view.totals).toEqual([['EUR', '120.00'], ['CHF', '9.00']]);
  });

  it('shows what costs what even when coverage cannot be read', async () => {
    const coverage = () => Promise.reject(new Problem({ code: 'unreachable' }, 0));
    const view = new CoverageView(server({ coverage }), '2026-11-24');
    await view.refresh();
    expect([view.uncovered.face, view.exposures.face]).toEqual(['offline', 'ready']);
  });
});
