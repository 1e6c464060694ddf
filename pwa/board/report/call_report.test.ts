import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { catalogues } from '../../generated/board.ts';
import { Problem } from '../../lib/api/problem.ts';
import { language } from '../../lib/i18n/index.ts';
import { CallReport } from './call_report.svelte.ts';
import { intervention } from '../testing/makers.ts';
import { refusal, twin } from '../testing/twin.ts';
import type { Asset, Site } from '../wire.ts';

const lift = { id: 'lift-a', site_id: 'valira', code: 'AV-0123-A', name: 'Lift A' } as Asset;
const hotel = { id: 'valira', code: 'AV-0123', name: 'Hotel Valira' } as Site;

const found = {
  searchAssets: async () => [lift],
  searchSites: async () => [hotel],
  assetsOf: async () => [lift],
  site: async () => hotel,
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function filled(report: CallReport): Promise<void> {
  report.open();
  await report.choose({ kind: 'asset', asset: lift });
  report.severity = 'S1';
  report.summary = 'Two people between floors';
}

describe('taking a call', () => {
  it('finds lifts and sites while the name is typed, asking once', async () => {
    const server = twin(found);
    const report = new CallReport(server, vi.fn());
    report.search('va');
    report.search('vali');
    await vi.advanceTimersByTimeAsync(150);
    expect(report.places.map((place) => place.kind)).toEqual(['asset', 'site']);
    expect(server.asked.filter((one) => one.call === 'searchSites')).toHaveLength(1);
  });

  it('does not ask for one letter', async () => {
    const server = twin(found);
    new CallReport(server, vi.fn()).search('v');
    await vi.advanceTimersByTimeAsync(1000);
    expect(server.asked).toEqual([]);
  });

  it('says what is missing only once saving was tried', async () => {
    const report = new CallReport(twin(found), vi.fn());
    report.open();
    expect(report.missing).toEqual([]);
    await report.save();
    expect(report.missing).toEqual(['place', 'severity']);
  });

  it('offers the lifts of a chosen site and reports the one that is meant', async () => {
    const server = twin({ ...found, report: async () => intervention('new') });
    const report = new CallReport(server, vi.fn());
    report.open();
    await report.choose({ kind: 'site', site: hotel });
    expect(report.siteAssets).toEqual([lift]);
    report.assetId = lift.id;
    report.severity = 'S3';
    report.summary = 'Noise';
    await report.save();
    const body = server.asked.at(-1)?.given[0];
    expect(body).toMatchObject({ asset_id: 'lift-a', site_id: null, severity: 'S3' });
  });

  it('says where a chosen lift is', async () => {
    const report = new CallReport(twin(found), vi.fn());
    await report.choose({ kind: 'asset', asset: lift });
    expect(report.site?.name).toBe('Hotel Valira');
  });

  it('writes the severity down where nobody had time for words', async () => {
    await language.start(catalogues);
    const server = twin({ ...found, report: async () => intervention('new') });
    const report = new CallReport(server, vi.fn());
    await filled(report);
    report.summary = ' ';
    await report.save();
    expect(server.asked.at(-1)?.given[0]).toMatchObject({ summary: 'Person trapped' });
  });

  it('hands the saved intervention on and starts clean', async () => {
    const saved = vi.fn();
    const report = new CallReport(twin({ ...found, report: async () => intervention('new') }), saved);
    await filled(report);
    await report.save();
    expect(saved.mock.calls[0]?.[0]).toMatchObject({ id: 'new' });
    expect(report.isOpen).toBe(false);
    expect(report.summary).toBe('');
  });

  it('repeats an unanswered call under the same key, a refused one under a new key', async () => {
    const answers = [Problem.offline(), refusal('invalid', 400), refusal('invalid', 400)];
    const server = twin({ ...found, report: () => Promise.reject(answers.shift()) });
    const report = new CallReport(server, vi.fn());
    await filled(report);
    await report.save();
    await report.save();
    await report.save();
    const keys = server.asked.filter((one) => one.call === 'report').map((one) => one.given[1]);
    expect(keys[0]).toBe(keys[1]);
    expect(keys[1]).not.toBe(keys[2]);
  });

  it('keeps an unfinished call when the dialog is closed and opened again', async () => {
    const report = new CallReport(twin(found), vi.fn());
    await filled(report);
    report.close();
    report.open();
    expect(report.summary).toBe('Two people between floors');
  });

  it('links what came back too late to what it repeats, as long as it is about the same place', async () => {
    const ended = intervention('old');
    const at = { id: ended.site.id, name: 'Hotel Valira' } as Site;
    const server = twin({
      site: async () => at,
      assetsOf: async () => [],
      report: async () => intervention('new'),
    });
    const call = new CallReport(server, vi.fn());
    await call.openRepeat(ended);
    call.severity = 'S2';
    call.summary = 'It stopped again';
    await call.save();
    const sent = () => server.asked.filter((each) => each.call === 'report').at(-1)?.given[0];
    expect(sent()).toMatchObject({ repeat_of_id: 'old', asset_id: 'asset-old' });
    await call.openRepeat(ended);
    call.search('x');
    expect(call.repeatOf).toBeNull();
  });

  it('takes over what two answers propose, and keeps both when the dispatcher knows better', async () => {
    const cells = { stopped: { now: 'S2', today: 'S2', later: 'S3' } };
    const server = twin({
      ...found,
      severityMatrix: async () => ({ id: 'theirs', customer_id: 'customer', version: 1, cells }),
      report: async () => intervention('new'),
    });
    const report = new CallReport(server, vi.fn());
    await filled(report);
    report.asking.answerImpact('stopped');
    report.asking.answerUrgency('later');
    await vi.advanceTimersByTimeAsync(0);
    expect([report.severity, report.asking.isOwn]).toEqual(['S3', true]);
    report.severity = 'S2';
    await report.save();
    expect(server.asked.at(-1)?.given[0]).toMatchObject({ severity: 'S2', impact: 'stopped', urgency: 'later' });
  });
});
