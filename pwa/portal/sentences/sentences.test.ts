import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { catalogues } from '../../generated/portal.ts';
import { language, languageTags } from '../../lib/i18n/index.ts';
import { aLift, anIntervention, aNotice, aPromise, aSite, aVisit, here, today } from '../testing/makers.ts';
import { headline } from './counts.ts';
import { liftSentences } from './lift.ts';
import { addressBeside } from './names.ts';
import { noticePlace, noticeText } from './notices.ts';
import { pastSentences } from './past.ts';
import { siteParagraphs } from './site.ts';
import type { Asset, Site } from '../wire.ts';

const outOfService = (given: Partial<Parameters<typeof anIntervention>[0]> = {}): Asset =>
  aLift({ state: 'out_of_service', since: today('09:40'), intervention: anIntervention(given) });
const told = (asset: Asset, time = '12:00'): string => liftSentences(asset, here(time)).join(' ');
const toldOf = (site: Site): string =>
  siteParagraphs(site, here())
    .flatMap((paragraph) => paragraph.sentences)
    .join(' ');

beforeAll(() => language.start(catalogues));
beforeEach(() => language.change('en'));

describe('a site where all is well', () => {
  it('is told in one sentence, as people count', () => {
    expect(toldOf(aSite())).toBe('Both lifts work.');
    expect(toldOf(aSite({ assets: [aLift()] }))).toBe('The lift works.');
    const five = Array.from({ length: 5 }, (_, index) => aLift({ id: `lift-${index}` }));
    expect(toldOf(aSite({ assets: five }))).toBe('All 5 lifts work.');
  });

  it('does not call an escalator a lift', () => {
    const assets = [aLift(), aLift({ id: 'e', name: 'Escalator 2', kind: 'escalator' })];
    expect(toldOf(aSite({ assets }))).toBe('Both work.');
    expect(toldOf(aSite({ assets: [assets[1]!] }))).toBe('Escalator 2 works.');
  });

  it('says so when there is nothing to speak of', () => {
    expect(toldOf(aSite({ assets: [] }))).toBe('No lift is registered here yet.');
  });
});

describe('a lift that is out of service', () => {
  it('says since when, who comes, when, and that the promise holds', () => {
    const asset = outOfService({ visit: aVisit() });
    expect(told(asset)).toBe(
      'Lift B has been out of service since 09:40. Inès arrives between 14:05 and 14:25. ' +
        'That is within the 4 hours we promised.',
    );
  });

  it('is told with the one beside it that works', () => {
    const site = aSite({ assets: [aLift({ id: 'lift-a', name: 'Lift A' }), outOfService({ visit: aVisit() })] });
    expect(toldOf(site)).toMatch(/^Lift B has been out .* The other lift works\.$/);
  });

  it('admits that nobody has been chosen yet, and repeats what was promised', () => {
    expect(told(outOfService())).toBe(
      'Lift B has been out of service since 09:40. We are choosing who comes. ' +
        'We promised somebody on site at 14:40 at the latest.',
    );
  });

  it('does not hide that the promise is in danger or broken', () => {
    expect(told(outOfService({ promise: aPromise({ state: 'at_risk' }) }))).toContain('it will be close');
    expect(told(outOfService({ promise: aPromise({ state: 'missed' }) }))).toContain('did not keep it');
  });

  it('calls an arrival within the promise only when all of its range is', () => {
    const due = (time: string): string =>
      told(outOfService({ visit: aVisit(), promise: aPromise({ due_at: today(time) }) }));
    expect(due('14:25')).toContain('within the 4 hours');
    expect(due('14:24')).toContain('We promised somebody on site at 14:24 at the latest, and it will be close.');
    expect(due('14:04')).toContain('That is later than we promised: somebody on site at 14:04');
  });

  it('says nothing of a promise where none was made', () => {
    const promise = aPromise({ state: 'none', due_at: null, target_seconds: null });
    expect(told(outOfService({ promise }))).not.toContain('promise');
  });

  it('stays out of service while somebody works on it', () => {
    const intervention = anIntervention({
      visit: aVisit({ state: 'on_site' }),
      arrived_at: today('10:12'),
      promise: aPromise({ state: 'kept' }),
    });
    const asset = aLift({ state: 'attended', since: today('09:40'), intervention });
    expect(told(asset)).toBe(
      'Lift B has been out of service since 09:40. Inès has been on site since 10:12. ' +
        'That was within the 4 hours we promised.',
    );
  });

  it('is as old as its report, not as the technician’s arrival', () => {
    const intervention = anIntervention({ visit: aVisit({ state: 'on_site' }), arrived_at: today('10:12') });
    const attended = aLift({ state: 'attended', since: today('10:12'), intervention });
    expect(told(attended)).toContain('out of service since 09:40');
  });

  it('is said to work again as soon as it does, while the paperwork is still open', () => {
    const intervention = anIntervention({
      visit: aVisit({ state: 'on_site' }),
      arrived_at: today('10:12'),
      restored_at: today('11:05'),
    });
    const restored = aLift({ since: today('11:05'), intervention });
    const site = aSite({ assets: [aLift({ id: 'lift-a', name: 'Lift A' }), restored] });
    expect(toldOf(site)).toBe('Both lifts work. Lift B has been working again since 11:05.');
  });

  it('does not repeat a time that has gone by', () => {
    expect(told(outOfService({ visit: aVisit() }), '14:30')).toContain('Inès is later than we said');
  });

  it('says that somebody is running late, and until when', () => {
    expect(told(outOfService({ visit: aVisit({ is_late: true }) }))).toContain(
      'Inès is running late and arrives between 14:05 and 14:25.',
    );
    expect(told(outOfService({ visit: aVisit({ is_late: true, state: 'on_the_way' }) }))).toContain('running late');
  });

  it('says that the work is interrupted', () => {
    expect(told(outOfService({ visit: aVisit({ state: 'interrupted' }) }))).toContain('interrupted');
  });
});

describe('a request', () => {
  it('stops nobody from riding', () => {
    const intervention = anIntervention({ severity: 'S4', visit: aVisit() });
    const site = aSite({ assets: [aLift({ state: 'request_open', intervention })] });
    expect(toldOf(site)).toMatch(/^The lift works\. Your request about Lift B is open\. Inès arrives/);
  });
});

describe('a trapped person', () => {
  it('is the first thing said, and being freed the next', () => {
    const trapped = anIntervention({
      severity: 'S1',
      reported_at: today('11:50'),
      visit: aVisit({ state: 'on_the_way' }),
    });
    expect(told(aLift({ state: 'person_trapped', since: today('11:50'), intervention: trapped }))).toMatch(
      /^A person has been trapped in Lift B since 11:50\. Inès is on the way and arrives/,
    );
    const freed = { ...trapped, released_at: today('11:58') };
    expect(told(aLift({ state: 'attended', since: today('11:50'), intervention: freed }))).toMatch(
      /^Lift B has been out of service since 11:50\. The person was freed at 11:58\./,
    );
  });
});

describe('times in a sentence', () => {
  it('name the day when it is not today', () => {
    const yesterday = aLift({ state: 'out_of_service', since: '2026-06-01T19:30:00Z' });
    expect(told(yesterday)).toBe('Lift B has been out of service since yesterday at 21:30.');
    const older = aLift({ state: 'out_of_service', since: '2026-05-12T07:40:00Z' });
    expect(told(older)).toBe('Lift B has been out of service since 12 May at 09:40.');
  });

  it('are those of the building, wherever the reader is', () => {
    const canary = { zone: 'Atlantic/Canary', now: here().now };
    const asset = aLift({ state: 'degraded', since: today('09:40') });
    expect(liftSentences(asset, canary)).toEqual(['Lift B has not been working right since 08:40.']);
  });

  it('announce maintenance of tomorrow as tomorrow', () => {
    const visit = aVisit({ from_at: '2026-06-03T07:00:00Z', to_at: '2026-06-03T07:30:00Z' });
    const asset = aLift({ intervention: anIntervention({ is_planned: true, visit }) });
    expect(told(asset)).toBe('Lift B works. Inès comes for planned work tomorrow between 09:00 and 09:30.');
  });
});

describe('the four languages', () => {
  const asset = (): Asset => outOfService({ visit: aVisit() });

  it('name the lift with its article', async () => {
    await language.change('fr');
    expect(told(asset())).toBe(
      'L’ascenseur B est hors service depuis 09:40. Inès arrive entre 14:05 et 14:25. ' +
        'C’est dans le délai promis (4\u00a0heures).',
    );
    await language.change('es');
    expect(told(asset())).toBe(
      'El ascensor B está fuera de servicio desde las 09:40. Inès llega entre las 14:05 y las 14:25. ' +
        'Está dentro del plazo prometido (4 horas).',
    );
    await language.change('nl');
    expect(told(asset())).toBe(
      'Lift B is buiten dienst sinds 09:40. Inès komt aan tussen 14:05 en 14:25. ' +
        'Dat is binnen de beloofde 4 uur.',
    );
  });

  it('leave a name of its own alone', async () => {
    await language.change('fr');
    expect(told(aLift({ name: 'Panoramique', state: 'degraded' }))).toBe('Panoramique fonctionne mal.');
  });

  it('never show a placeholder, a key or a code', async () => {
    const states = ['working', 'person_trapped', 'out_of_service', 'degraded', 'attended', 'request_open'] as const;
    const visits = ['expected', 'on_the_way', 'on_site', 'interrupted'] as const;
    for (const tag of languageTags) {
      await language.change(tag);
      for (const state of states)
        for (const visit of visits) {
          const intervention = anIntervention({ visit: aVisit({ state: visit }) });
          expect(told(aLift({ state, intervention }))).not.toMatch(/[{}_]|portal\./);
        }
    }
  });
});

describe('the sentence above everything', () => {
  it('names the worst thing first', () => {
    const working = aLift();
    const out = aLift({ state: 'out_of_service' });
    expect(headline([working, working])).toBe('Both lifts work.');
    expect(headline([working, out, out])).toBe('2 lifts are out of service.');
    expect(headline([out, aLift({ state: 'person_trapped' })])).toBe('Someone is trapped in a lift.');
  });
});

describe('the past', () => {
  it('is told from report to repair', () => {
    const past = anIntervention({
      arrived_at: today('10:12'),
      restored_at: today('11:05'),
      ended_at: today('11:10'),
      is_open: false,
      outcome: 'door',
      visit: aVisit({ state: 'on_site' }),
      promise: aPromise({ state: 'kept' }),
    });
    expect(pastSentences(past, here()).join(' ')).toBe(
      'Reported at 09:40. Inès arrived at 10:12. That was within the 4 hours we promised. ' +
        'It worked again at 11:05, after 1\u00a0h\u00a025. Cause: Doors.',
    );
  });

  it('leaves a code it does not know unsaid, and repeats what a technician wrote', () => {
    const ended = { is_open: false, ended_at: today('11:00') };
    expect(pastSentences(anIntervention({ ...ended, outcome: 'strange_code' }), here())).toHaveLength(2);
    expect(pastSentences(anIntervention({ ...ended, outcome: 'Door shoe replaced.' }), here())).toContain(
      'Door shoe replaced.',
    );
  });
});

describe('an address', () => {
  it('does not repeat the name it stands under', () => {
    const name = 'Carrer Major 1';
    expect(addressBeside({ name, address: 'Carrer Major 1, AD500 Andorra la Vella' })).toBe('AD500 Andorra la Vella');
    expect(addressBeside({ name, address: 'Carrer Major 12, AD500 Andorra la Vella' })).toBe(
      'Carrer Major 12, AD500 Andorra la Vella',
    );
  });
});

describe('a notice', () => {
  it('says why work is not part of the agreement', () => {
    const notice = aNotice({ code: 'out_of_scope', facts: { reason: 'Vandalism' } });
    expect(noticeText(notice, here())).toBe(
      'This is not part of your agreement, so no time is promised: Vandalism',
    );
  });

  it('says as much as it knows', () => {
    const facts = { technician_first_name: 'Inès', from_at: today('14:05'), to_at: today('14:25') };
    expect(noticeText(aNotice({ facts }), here())).toBe(
      'Inès is on the way and arrives between 14:05 and 14:25.',
    );
    expect(noticeText(aNotice(), here())).toBe('The technician is on the way.');
  });

  it('still says that something happened when its code is new', () => {
    expect(noticeText(aNotice({ code: 'teleported' }), here())).toBe('Something changed.');
  });

  it('says where, from its facts or from what the page knows', () => {
    expect(noticePlace(aNotice({ facts: { asset_name: 'Lift B' } }), aSite())).toBe('Lift B · Hotel Roc');
    expect(noticePlace(aNotice({ facts: { site_name: 'Clínica Nova' } }), undefined)).toBe('Clínica Nova');
  });
});
