import { beforeAll, describe, expect, it } from 'vitest';
import { catalogues } from '../../generated/admin.ts';
import { language } from '../../lib/i18n/index.ts';
import { Problem } from '../../lib/api/problem.ts';
import type { Calendar, CalendarBody, CalendarChange, CalendarsGateway } from './gateway.ts';
import { HolidayChoice } from './holidays.svelte.ts';
import { hoursText, strips, windowsOf } from './hours.ts';
import { NewCalendar } from './new_calendar.svelte.ts';
import { OneCalendar } from './one_calendar.svelte.ts';
import { weekWords } from './week.ts';

const office: Calendar = {
  id: 'c',
  code: 'office',
  name: 'Working days',
  zone: 'Europe/Andorra',
  always_open: false,
  weekly: { '0': [[480, 1020]], '1': [[480, 1020]], '5': [[540, 720]] },
  special: { '2026-12-24': [[480, 720]] },
  holidays: ['2026-12-25'],
  version: 4,
};

function server(given: Partial<CalendarsGateway> = {}): CalendarsGateway & { changes: CalendarChange[] } {
  const changes: CalendarChange[] = [];
  return {
    changes,
    calendars: async () => [office],
    calendar: async () => office,
    revisions: async () => [],
    create: async () => office,
    change: async (_calendar, body) => void changes.push(body),
    holidays: async () => [
      { date: '2026-12-25', name: 'Nadal' },
      { date: '2026-12-26', name: 'Sant Esteve' },
    ],
    ...given,
  };
}

beforeAll(async () => {
  await language.start(catalogues);
  await language.change('en');
});

describe('hours', () => {
  it.each([
    ['08:00–12:00, 13:00–17:00', [[480, 720], [780, 1020]]],
    ['8-12', [[480, 720]]],
    ['22:00-06:00', [[1320, 360]]],
    ['00:00–24:00', [[0, 1440]]],
    ['', []],
  ])('reads %s', (text, windows) => {
    expect(windowsOf(text)).toEqual(windows);
  });

  it.each(['all day', '08:00', '8-25', '08:00–'])('does not guess what %s means', (text) => {
    expect(windowsOf(text)).toBeUndefined();
  });

  it('writes what it reads', () => {
    expect(windowsOf(hoursText([[480, 720], [780, 1440]]))).toEqual([[480, 720], [780, 1440]]);
  });

  it('draws hours that cross midnight up to midnight', () => {
    expect(strips([[1320, 360]])).toEqual([{ from: 1320 / 1440, length: 120 / 1440 }]);
  });
});

describe('a week in words', () => {
  it('tells days with the same hours together', () => {
    expect(weekWords(office)).toBe('Mon–Tue 08:00–17:00 · Sat 09:00–12:00');
  });

  it('says when it never opens and when it never closes', () => {
    expect(weekWords({ always_open: true, weekly: {} })).toBe('Day and night, every day');
    expect(weekWords({ always_open: false, weekly: {} })).toBe('Closed all week');
  });
});

describe('one calendar', () => {
  async function read(gateway = server()): Promise<OneCalendar> {
    const one = new OneCalendar(gateway, 'c');
    await one.refresh();
    return one;
  }

  it('takes holidays beside those that stand, each once, with a reason', async () => {
    const gateway = server();
    const one = await read(gateway);
    await one.addHolidays(['2026-12-26', '2026-12-25'], ' Year 2026 ');
    expect(gateway.changes).toEqual([{ holidays: ['2026-12-25', '2026-12-26'], reason: 'Year 2026' }]);
  });

  it('gives a day hours of its own and leaves the others', async () => {
    const gateway = server();
    const one = await read(gateway);
    expect(await one.setSpecial('2026-12-31', '09:00-12:00', 'Short day')).toBe(true);
    expect(gateway.changes[0]?.special).toEqual({
      '2026-12-24': [[480, 720]],
      '2026-12-31': [[540, 720]],
    });
    expect(await one.setSpecial('2027-01-05', 'noonish', 'x')).toBe(false);
    await one.removeSpecial('2026-12-24', 'Back to usual');
    expect(gateway.changes[1]?.special).toEqual({});
  });

  it('says which agreements keep its week as it is', async () => {
    const refused = new Problem({ code: 'calendar_in_force', agreements: ['SLA-1'] }, 409);
    const one = await read(server({ change: () => Promise.reject(refused) }));
    expect(await one.change({ weekly: {}, reason: 'Later' })).toBe(false);
    expect(one.deed.problem?.facts['agreements']).toEqual(['SLA-1']);
  });
});

describe('choosing holidays', () => {
  it('proposes all but those that stand already, and lets each be left out', async () => {
    const choice = new HolidayChoice(server(), '2026');
    choice.country = 'ad';
    await choice.propose(office.holidays);
    expect(choice.chosen).toEqual(['2026-12-26']);
    choice.toggle('2026-12-26');
    expect(choice.chosen).toEqual([]);
  });

  it('has no proposal for a country nobody knows', async () => {
    const refused = new Problem({ code: 'unknown_country' }, 422);
    const choice = new HolidayChoice(server({ holidays: () => Promise.reject(refused) }), '2026');
    await choice.propose([]);
    expect(choice.proposed).toBeUndefined();
    expect(choice.deed.problem?.code).toBe('unknown_country');
  });
});

describe('a new calendar', () => {
  it('is open on working days unless somebody says otherwise', async () => {
    const bodies: CalendarBody[] = [];
    const gateway = server({
      create: async (body) => {
        bodies.push(body);
        return office;
      },
    });
    const calendar = new NewCalendar(gateway, 'Europe/Andorra');
    calendar.name = calendar.code = 'office';
    await calendar.save();
    expect(Object.keys(bodies[0]!.weekly ?? {})).toEqual(['0', '1', '2', '3', '4']);
  });

  it('says which day cannot be read before asking the server', async () => {
    const calendar = new NewCalendar(server(), 'Europe/Andorra');
    calendar.hours[2] = 'mornings';
    expect(await calendar.save()).toBeUndefined();
    expect(calendar.unreadable).toEqual([2]);
  });
});
