import { beforeAll, describe, expect, it, vi } from 'vitest';
import { catalogues } from '../../generated/portal.ts';
import { Problem } from '../../lib/api/index.ts';
import { language } from '../../lib/i18n/index.ts';
import { type Choices, type Chooser, Choosing, type Slot } from './choosing.svelte.ts';
import { choiceSentences, chosenSentence, slotWords } from './told.ts';

beforeAll(() => language.start(catalogues));

const ZONE = 'Europe/Paris';
const today: Slot = { from_at: '2026-06-02T11:00:00Z', to_at: '2026-06-02T15:00:00Z', is_later: false, discount: null, currency: 'EUR' };
const tomorrow: Slot = { ...today, from_at: '2026-06-03T06:00:00Z', to_at: '2026-06-03T10:00:00Z', is_later: true, discount: '20.00' };
const chosen = { ...tomorrow, chosen_at: '2026-06-02T07:15:00Z', chosen_by: 'Marta' };

function server(given: Partial<Chooser> = {}): Chooser {
  return {
    choices: () => Promise.resolve({ chosen: null, items: [today, tomorrow] }),
    choose: () => Promise.resolve({ chosen, items: [today] }),
    ...given,
  };
}

describe('choosing a time', () => {
  it('sends the marked one and then tells what was chosen', async () => {
    const choosing = new Choosing('1', server());
    await choosing.load();
    expect(await choosing.choose()).toBe(false);
    choosing.wanted = tomorrow.from_at;
    expect(await choosing.choose()).toBe(true);
    expect([choosing.chosen?.chosen_by, choosing.slots, choosing.wanted]).toEqual(['Marta', [today], '']);
  });

  it('keeps what is marked when it is read again, unless that time has gone', async () => {
    let items = [today, tomorrow];
    const choosing = new Choosing('1', server({ choices: () => Promise.resolve({ chosen: null, items }) }));
    await choosing.load();
    choosing.wanted = today.from_at;
    await choosing.load();
    expect(choosing.wanted).toBe(today.from_at);
    items = [tomorrow];
    await choosing.load();
    expect(choosing.wanted).toBe('');
  });

  it('is the same choice when it is sent again, and another for another time', async () => {
    const choose = vi.fn<Chooser['choose']>(() => Promise.reject(new Problem({ code: 'offline' }, 0)));
    const choosing = new Choosing('1', server({ choose }));
    await choosing.load();
    for (const wanted of [today, today, tomorrow]) {
      choosing.wanted = wanted.from_at;
      expect(await choosing.choose()).toBe(false);
    }
    const [first, again, other] = choose.mock.calls.map(([, , key]) => key);
    expect([first === again, first === other, choosing.problem?.code]).toEqual([true, false, 'offline']);
  });

  it('offers anew what is left when the time has gone', async () => {
    let left: Choices = { chosen: null, items: [today, tomorrow] };
    const gone = () => Promise.reject(new Problem({ code: 'choice_closed' }, 409));
    const choosing = new Choosing('1', server({ choices: () => Promise.resolve(left), choose: gone }));
    await choosing.load();
    choosing.wanted = today.from_at;
    left = { chosen: null, items: [tomorrow] };
    await choosing.choose();
    expect([choosing.slots, choosing.problem?.code]).toEqual([[tomorrow], 'choice_closed']);
  });

  it('bothers nobody where it cannot be asked', async () => {
    const choosing = new Choosing('1', server({ choices: () => Promise.reject(new Problem({ code: 'offline' }, 0)) }));
    await choosing.load();
    expect([choosing.slots, choosing.problem]).toEqual([[], undefined]);
  });
});

describe('a time in words', () => {
  it('names day and hours where the building is', () => {
    expect(slotWords(tomorrow, ZONE)).toBe('Wed 3 Jun, 08:00–12:00');
  });

  it('tells who chose it, when, and what it is worth', () => {
    const told = chosenSentence(chosen, ZONE);
    for (const part of ['Wed 3 Jun, 08:00–12:00', 'Marta', '€20.00']) expect(told).toContain(part);
    expect(chosenSentence({ ...chosen, discount: null }, ZONE)).not.toContain('€');
  });

  it('says what an agreement lets one choose', () => {
    expect(choiceSentences({ most_days: 2, later_discount: '20.00', currency: 'EUR' })).toHaveLength(2);
  });
});
