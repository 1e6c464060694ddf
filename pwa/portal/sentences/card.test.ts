import { beforeAll, describe, expect, it } from 'vitest';
import { catalogues } from '../../generated/portal.ts';
import { language } from '../../lib/i18n/index.ts';
import { aCard, aCardPromise, aLift, EXTENDED } from '../testing/makers.ts';
import { cardSentences } from './card.ts';
import { hoursWords } from './hours.ts';

beforeAll(() => language.start(catalogues));

const lifts = [aLift()];

describe('a promise card', () => {
  it.each([
    ['en', 'If the lift is out of service, we are on site within 2\u00a0h of service time, Mon–Sat 07:00–20:00.'],
    ['fr', 'Si l’ascenseur est hors service, nous sommes sur place en 2\u00a0h de temps de service, lun.–sam. 07:00–20:00.'],
    ['es', 'Si el ascensor está fuera de servicio, estamos en el lugar en 2\u00a0h de horario de servicio, lun–sáb 07:00–20:00.'],
    ['nl', 'Als de lift buiten dienst is, zijn we ter plaatse binnen 2\u00a0u diensttijd, ma–za 07:00–20:00.'],
  ] as const)('is a plain sentence in %s', async (tag, told) => {
    await language.change(tag);
    expect(cardSentences(aCard(), lifts)[0]).toBe(told);
  });

  it.each([
    ['en', 'Nothing is promised for this service.', 'What is not included: Damage by vandalism.'],
    ['fr', 'Rien n’est promis pour cette prestation.', 'Ce qui n’est pas compris\u00a0: Damage by vandalism.'],
    ['es', 'No se promete nada para este servicio.', 'Lo que no está incluido: Damage by vandalism.'],
    ['nl', 'Voor deze dienst is niets beloofd.', 'Wat niet inbegrepen is: Damage by vandalism.'],
  ] as const)('says in %s where nothing is promised, and what is not included', async (tag, nothing, excluded) => {
    await language.change(tag);
    expect(cardSentences(aCard({ agreement_number: null, promises: [] }), lifts)).toEqual([nothing]);
    expect(cardSentences(aCard({ exclusions: ['Damage by vandalism.'] }), lifts)[1]).toBe(excluded);
  });

  it('says the very same promise once, whatever it is about', async () => {
    await language.change('en');
    const promises = (['S1', 'S2', 'S3', 'S4'] as const).map((severity) => aCardPromise({ severity, clock: 'resolution' }));
    expect(cardSentences(aCard({ promises }), lifts)).toEqual([
      'In every case the work is done within 2\u00a0h of service time, Mon–Sat 07:00–20:00.',
    ]);
  });

  it('tells apart what is counted day and night and what is not', async () => {
    await language.change('en');
    const promises = [
      aCardPromise({ clock: 'resolution' }),
      aCardPromise({ hours: { ...EXTENDED, always_open: true } }),
    ];
    expect(cardSentences(aCard({ promises }), lifts)).toEqual([
      'If the lift is out of service, we are on site within 2\u00a0h (day and night) and it works again within 2\u00a0h of service time (Mon–Sat 07:00–20:00).',
    ]);
  });

  it('says once that a promise is counted day and night', async () => {
    await language.change('en');
    const hours = { ...EXTENDED, always_open: true };
    const promises = (['response', 'safe'] as const).map((clock) => aCardPromise({ severity: 'S1', clock, hours }));
    expect(cardSentences(aCard({ promises }), lifts)).toEqual([
      'If somebody is trapped, we are on site within 2\u00a0h and the person is free within 2\u00a0h, day and night.',
    ]);
  });

  it('never calls hours of service a day', async () => {
    await language.change('en');
    const promise = { kind: 'seconds', seconds: 26 * 3600, days: null, minutes: null } as const;
    expect(cardSentences(aCard({ promises: [aCardPromise({ promise })] }), lifts)[0]).toContain('within 26\u00a0h of service time');
  });

  it('does not call everything a lift where there is more', async () => {
    await language.change('en');
    const [told] = cardSentences(aCard(), [aLift(), aLift({ kind: 'escalator' })]);
    expect(told).toContain('If something is out of service');
  });

  it('still says what is not included where no time is promised', async () => {
    await language.change('en');
    expect(cardSentences(aCard({ promises: [], exclusions: ['Parts that wear out'] }), lifts)).toEqual([
      'No time is promised for this service.',
      'What is not included: Parts that wear out.',
    ]);
  });

  it('says how much of the time it runs', async () => {
    await language.change('fr');
    expect(cardSentences(aCard({ availability_percent: '99.5000' }), lifts)[1]).toMatch(/99,5\s%/);
  });
});

describe('service hours', () => {
  it('join the days that are alike and leave out those without', async () => {
    await language.change('en');
    const morning: [number, number][] = [[480, 720]];
    const weekly = { 0: [[480, 720], [780, 1020]] as [number, number][], 1: morning, 2: morning, 5: morning };
    expect(hoursWords({ ...EXTENDED, weekly })).toBe('Mon 08:00–12:00, 13:00–17:00, Tue–Wed 08:00–12:00, Sat 08:00–12:00');
  });

  it('of every day are said once', async () => {
    await language.change('en');
    const weekly = Object.fromEntries(Array.from({ length: 7 }, (_, day) => [day, [[360, 1320]] as [number, number][]]));
    expect(hoursWords({ ...EXTENDED, weekly })).toBe('every day 06:00–22:00');
  });
});
