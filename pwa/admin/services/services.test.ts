import { describe, expect, it } from 'vitest';
import { Problem } from '../../lib/api/problem.ts';
import type { Service, ServiceBody, ServicesGateway } from './gateway.ts';
import { Services } from './services.svelte.ts';

const names = { en: 'Lift repair', fr: 'Dépannage', es: 'Reparación', nl: 'Reparatie' };
const repair = { id: 's', code: 'lift-repair', names, work_type: 'repair', asset_kind: 'lift', version: 2 } as Service;

function server(given: Partial<ServicesGateway> = {}): ServicesGateway {
  return {
    services: async () => [repair],
    create: async () => undefined,
    rename: async () => undefined,
    ...given,
  };
}

describe('the catalogue of services', () => {
  it('takes in a service with a name in each language', async () => {
    const bodies: ServiceBody[] = [];
    const services = new Services(server({ create: async (body) => void bodies.push(body) }));
    services.add();
    services.form!.code = ' escalator-repair ';
    services.form!.names = { en: 'Escalator repair', fr: 'f', es: 'e', nl: 'n' };
    expect(await services.save()).toBe(true);
    expect(bodies).toEqual([
      {
        code: 'escalator-repair',
        names: { en: 'Escalator repair', fr: 'f', es: 'e', nl: 'n' },
        work_type: 'repair',
        asset_kind: null,
      },
    ]);
    expect(services.form).toBeUndefined();
  });

  it('asks for a name in every language before the server is asked', async () => {
    const services = new Services(server({ create: () => Promise.reject(new Error('asked')) }));
    services.add();
    services.form!.code = 'escalator-repair';
    services.form!.names.en = 'Escalator repair';
    expect(await services.save()).toBe(false);
    expect(services.deed.problem?.errors.map((each) => each.path)).toEqual(['names.fr', 'names.es', 'names.nl']);
  });

  it('does not touch the list while a name is typed', async () => {
    const services = new Services(server());
    services.rename(repair);
    services.form!.names.en = 'Something else';
    expect(repair.names.en).toBe('Lift repair');
  });

  it('keeps what was typed when somebody else renamed it meanwhile', async () => {
    const newest = { ...repair, version: 3 };
    const versions: number[] = [];
    const services = new Services(
      server({
        services: async () => [newest],
        rename: (service) => {
          versions.push(service.version);
          return service.version === 3 ? Promise.resolve() : Promise.reject(new Problem({ code: 'stale' }, 412));
        },
      }),
    );
    services.rename(repair);
    services.form!.names.en = 'Mending lifts';
    expect(await services.save()).toBe(false);
    expect(services.form?.names.en).toBe('Mending lifts');
    expect(await services.save()).toBe(true);
    expect(versions).toEqual([2, 3]);
  });
});
