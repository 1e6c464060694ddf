import { describe, expect, it } from 'vitest';
import { bodyOf, formOf } from './form.ts';
import type { Service, ServiceBody, ServicesGateway } from './gateway.ts';
import { Services } from './services.svelte.ts';

const names = { en: 'Lift repair', fr: 'Dépannage', es: 'Reparación', nl: 'Reparatie' };
const repair: Service = {
  id: 's',
  code: 'lift-repair',
  names,
  work_type: 'repair',
  asset_kind: 'lift',
  duration_seconds: { S2: 5400 },
  usual_duration_seconds: { S1: 2400, S2: 3000, S3: 2400, S4: 1800 },
  skills: { traction: 3 },
  checklist: [
    { key: 'gap', label: 'Door gap', kind: 'reading', is_mandatory: true, unit: 'mm', low: '2', high: null },
    {
      key: 'doors',
      label: 'How the doors close',
      kind: 'choice',
      is_mandatory: false,
      unit: '',
      low: null,
      high: null,
      choices: ['softly', 'hard'],
    },
  ],
  parts: [{ part: 'ROPE', quantity: '2.5' }],
  asks_for_review: null,
  is_usually_reviewed: false,
  version: 2,
};

function server(given: Partial<ServicesGateway> = {}): ServicesGateway {
  return {
    services: async () => [repair],
    service: async () => repair,
    create: async () => repair,
    change: async () => repair,
    parts: async () => [],
    skills: async () => [],
    ...given,
  };
}

describe('the catalogue of services', () => {
  it('takes in a service with a name in each language', async () => {
    const bodies: ServiceBody[] = [];
    const create = async (body: ServiceBody): Promise<Service> => {
      bodies.push(body);
      return repair;
    };
    const services = new Services(server({ create }));
    services.add();
    services.form!.code = ' escalator-repair ';
    services.form!.names = { en: 'Escalator repair', fr: 'f', es: 'e', nl: 'n' };
    expect(await services.save()).toBe(repair);
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
    expect(await services.save()).toBeUndefined();
    expect(services.deed.problem?.errors.map((each) => each.path)).toEqual(['names.fr', 'names.es', 'names.nl']);
  });
});

describe('what such work takes', () => {
  it('goes out as it came', () => {
    const { names, duration_seconds, skills, parts, asks_for_review } = repair;
    const checklist = repair.checklist.map(({ choices, ...item }) => ({ ...item, ...(choices ? { choices } : {}) }));
    expect(bodyOf(formOf(repair))).toEqual({ names, duration_seconds, skills, checklist, parts, asks_for_review });
  });

  it('leaves to the usual what nobody typed, and takes a comma for a point', () => {
    const form = formOf(repair);
    form.minutes.S2 = ' ';
    form.minutes.S1 = '37,5';
    form.parts[0]!.quantity = '1,5';
    form.review = 'always';
    expect(bodyOf(form)).toMatchObject({
      duration_seconds: { S1: 2250 },
      parts: [{ part: 'ROPE', quantity: '1.5' }],
      asks_for_review: true,
    });
  });
});
