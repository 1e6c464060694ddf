import { describe, expect, it, vi } from 'vitest';
import { Problem } from '../lib/api/index.ts';
import type { Gateway } from './gateway.ts';
import { FaultReport } from './report.svelte.ts';
import { anIntervention } from './testing/makers.ts';

const accepting = (): ReturnType<typeof vi.fn<Gateway['report']>> =>
  vi.fn<Gateway['report']>(() => Promise.resolve(anIntervention({ number: 'INT-7' })));
const silence = new Problem({ code: 'offline' }, 0);

function filled(report: Gateway['report']): FaultReport {
  const form = new FaultReport({ report });
  form.begin('lift-b');
  form.kind = 'out_of_service';
  form.description = '  Doors stay open ';
  return form;
}

describe('reporting a fault', () => {
  it('needs three things at most: which lift, what happens, a few words', async () => {
    const report = accepting();
    const sent = await filled(report).send();
    expect(sent?.number).toBe('INT-7');
    expect(report.mock.calls[0]?.[0]).toEqual({
      asset_id: 'lift-b',
      kind: 'out_of_service',
      description: 'Doors stay open',
      photos: [],
    });
  });

  it('names what is missing only after a try, and sends nothing', async () => {
    const report = accepting();
    const form = new FaultReport({ report });
    expect([form.lacksAsset, form.lacksKind]).toEqual([false, false]);
    await form.send();
    expect([form.lacksAsset, form.lacksKind]).toEqual([true, true]);
    expect(report).not.toHaveBeenCalled();
  });

  it('shows whom to call when somebody is trapped', () => {
    const form = new FaultReport({ report: accepting() });
    expect(form.needsCall).toBe(false);
    form.kind = 'person_trapped';
    expect(form.needsCall).toBe(true);
  });

  it('keeps every word when it could not be sent', async () => {
    const form = filled(() => Promise.reject(silence));
    expect(await form.send()).toBeUndefined();
    expect(form.problem?.code).toBe('offline');
    expect(form.description.trim()).toBe('Doors stay open');
  });

  it('finds the words again that were typed before it was closed', () => {
    const form = filled(accepting());
    form.begin('lift-a');
    expect(form.description.trim()).toBe('Doors stay open');
    expect(form.assetId).toBe('lift-a');
  });

  it('starts empty after one was sent, and two alike are two reports', async () => {
    const report = accepting();
    const form = filled(report);
    await form.send();
    expect([form.assetId, form.kind, form.description]).toEqual(['', '', '']);
    Object.assign(form, { assetId: 'lift-b', kind: 'out_of_service', description: 'Doors stay open' });
    await form.send();
    expect(new Set(report.mock.calls.map(([, key]) => key)).size).toBe(2);
  });

  it('repeats the same report under the same key, so that it is one call', async () => {
    const report = accepting().mockRejectedValueOnce(silence);
    const form = filled(report);
    await form.send();
    await form.send();
    const [first, second] = report.mock.calls.map(([, key]) => key);
    expect(first).toBeTruthy();
    expect(second).toBe(first);
  });

  it('gives a corrected report a key of its own', async () => {
    const report = accepting().mockRejectedValueOnce(silence);
    const form = filled(report);
    await form.send();
    form.kind = 'person_trapped';
    await form.send();
    const keys = report.mock.calls.map(([, key]) => key);
    expect(new Set(keys).size).toBe(2);
  });

  it('is sent once however often the button is pressed', async () => {
    const report = accepting();
    const form = filled(report);
    await Promise.all([form.send(), form.send()]);
    expect(report).toHaveBeenCalledOnce();
  });
});
