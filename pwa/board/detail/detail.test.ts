import { describe, expect, it, vi } from 'vitest';
import { Detail } from './detail.svelte.ts';
import { intervention, visit } from '../testing/makers.ts';
import { promised, refusal, twin } from '../testing/twin.ts';
import type { Intervention, VisitCommandResult } from '../wire.ts';

describe('the detail of an intervention', () => {
  it('follows the selection and ignores the answer for the one before', async () => {
    const slow = promised<Intervention>();
    const answers = new Map([
      ['one', slow.answer],
      ['two', Promise.resolve(intervention('two'))],
    ]);
    const detail = new Detail(
      twin({ intervention: (id) => answers.get(id) as Promise<Intervention> }),
      vi.fn(),
    );
    const first = detail.show('one');
    await detail.show('two');
    slow.give(intervention('one'));
    await first;
    expect(detail.intervention?.id).toBe('two');
  });

  it('gives a command on the version that was seen', async () => {
    const server = twin({
      intervention: async () => intervention('one', { version: 4 }),
      commandIntervention: async () => intervention('one', { version: 5, status: 'on_hold' }),
    });
    const changed = vi.fn();
    const detail = new Detail(server, changed);
    await detail.show('one');
    await detail.command('hold', 'awaiting_parts');
    const sent = server.asked.find((one) => one.call === 'commandIntervention');
    expect(sent?.given).toEqual(['one', { kind: 'hold', version: 4, reason: 'awaiting_parts', evidence: '' }]);
    expect(changed).toHaveBeenCalledOnce();
  });

  it('approves an amount on the version that was seen', async () => {
    const seen = intervention('one', { version: 4 });
    const server = twin({
      intervention: async () => seen,
      approveSpending: async () => intervention('one', { version: 5 }),
    });
    const detail = new Detail(server, vi.fn());
    await detail.show('one');
    await detail.approveSpending('300.00', 'Both doors are worn.');
    const sent = server.asked.find((one) => one.call === 'approveSpending');
    expect(sent?.given).toEqual([seen, '300.00', 'Both doors are worn.']);
  });

  it('takes back goodwill on the version that was seen', async () => {
    const seen = intervention('one', { version: 4 });
    const server = twin({
      intervention: async () => seen,
      withdrawGoodwill: async () => intervention('one', { version: 5 }),
    });
    const detail = new Detail(server, vi.fn());
    await detail.show('one');
    await detail.withdrawGoodwill('gift', 'Promised twice.');
    const sent = server.asked.find((one) => one.call === 'withdrawGoodwill');
    expect(sent?.given).toEqual([seen, 'gift', 'Promised twice.']);
  });

  it('promises goodwill once, however often an unanswered promise is tried', async () => {
    let isReached = false;
    const server = twin({
      intervention: async () => intervention('one'),
      promiseGoodwill: async () => {
        if (!isReached) throw refusal('unreachable', 0);
        return intervention('one');
      },
    });
    const detail = new Detail(server, vi.fn());
    await detail.show('one');
    expect(await detail.promiseGoodwill('40.00', 'Waited a week')).toBe(false);
    isReached = true;
    expect(await detail.promiseGoodwill('40.00', 'Waited a week')).toBe(true);
    await detail.promiseGoodwill('40.00', 'Waited a week');
    const sent = server.asked.filter((one) => one.call === 'promiseGoodwill').map(({ given }) => given[1]);
    const ids = sent.map((one) => (one as { id: string }).id);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(sent[0]).toMatchObject({ amount: '40.00', reason: 'Waited a week' });
  });

  it('says why a command was not applied, and shows how things are now', async () => {
    const server = twin({
      intervention: async () => intervention('one'),
      commandIntervention: () => Promise.reject(refusal('move_not_allowed')),
    });
    const detail = new Detail(server, vi.fn());
    await detail.show('one');
    await detail.command('close');
    expect(detail.refusal?.code).toBe('move_not_allowed');
    expect(server.asked.filter((one) => one.call === 'intervention')).toHaveLength(2);
  });

  it('takes a conflict for a refusal', async () => {
    const result = { outcome: 'conflict', code: 'stale', facts: {} } as VisitCommandResult;
    const server = twin({
      intervention: async () => intervention('one'),
      commandVisit: async () => result,
    });
    const detail = new Detail(server, vi.fn());
    await detail.show('one');
    await detail.commandVisit(visit('visit'), 'unassign');
    expect(detail.refusal?.code).toBe('stale');
  });

  it('changes the severity of what was seen, and says whether it held', async () => {
    const server = twin({
      intervention: async () => intervention('one', { version: 4 }),
      changeSeverity: async () => intervention('one', { version: 5, severity: 'S1' }),
    });
    const detail = new Detail(server, vi.fn());
    await detail.show('one');
    expect(await detail.changeSeverity({ severity: 'S1', reason: 'Somebody is inside' })).toBe(true);
    const [sent] = server.asked.filter((each) => each.call === 'changeSeverity');
    expect((sent?.given[0] as Intervention).version).toBe(4);
  });

  it('keeps the reason a pause was refused for its form', async () => {
    const server = twin({
      intervention: async () => intervention('one'),
      recordPause: () => Promise.reject(refusal('invalid', 422)),
    });
    const detail = new Detail(server, vi.fn());
    await detail.show('one');
    const body = { reason: 'no_access', evidence: '', from_at: '2026-11-23T09:00:00Z' };
    expect(await detail.recordPause(body, 'key')).toBe(false);
    expect(detail.refusal?.code).toBe('invalid');
    detail.forgive();
    expect(detail.refusal).toBeNull();
  });
});
