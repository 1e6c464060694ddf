import { describe, expect, it } from 'vitest';
import { refusal } from '../testing/twin.ts';
import { type Alarm, Alarms, type RegionAlarm } from './alarms.svelte.ts';

function alarm(name: string, more: Partial<Alarm> = {}): Alarm {
  return {
    alarm: name,
    kind: 'entrapment',
    intervention_id: name,
    number: name,
    site_name: 'Hotel',
    severity: 'S1',
    since: '2026-11-23T09:00:00Z',
    due_at: null,
    seen_by: [],
    is_seen: false,
    ...more,
  };
}

const rung = (one: Alarm, region = 'region'): RegionAlarm => ({ ...one, region });
const names = (alarms: Alarms) => alarms.ringing.map((one) => one.alarm);

describe('alarms', () => {
  it('ring until they are seen, and at once no more', async () => {
    const first = alarm('first');
    let give: (value: Alarm[]) => void = () => undefined;
    const calls = {
      alarms: () => Promise.resolve([first, alarm('second', { is_seen: true })]),
      seeAlarm: () => new Promise<Alarm[]>((resolve) => (give = resolve)),
    };
    const alarms = new Alarms(calls, () => ['region']);
    await alarms.read();
    expect(names(alarms)).toEqual(['first']);
    const seeing = alarms.see(rung(first));
    expect(names(alarms)).toEqual([]);
    give([alarm('first', { is_seen: true })]);
    await seeing;
    expect(names(alarms)).toEqual([]);
  });

  it('ring on where the server is away, and stop where the matter is over', async () => {
    let isOver = false;
    const calls = {
      alarms: () => Promise.resolve(isOver ? [] : [alarm('first')]),
      seeAlarm: () => Promise.reject(refusal('not_found', 404)),
    };
    const alarms = new Alarms(calls, () => ['region']);
    await alarms.read();
    isOver = true;
    await alarms.see(rung(alarm('first')));
    expect(names(alarms)).toEqual([]);
  });

  it('ring for a region that is not on screen too, the gravest first', async () => {
    const here = alarm('here', { kind: 'about_to_break', severity: 'S2' });
    const asked: string[] = [];
    const seen: string[] = [];
    const calls = {
      alarms: (region: string) => {
        asked.push(region);
        return Promise.resolve(region === 'valls' ? [here] : [alarm('there')]);
      },
      seeAlarm: (region: string) => {
        seen.push(region);
        return Promise.resolve([]);
      },
    };
    const alarms = new Alarms(calls, () => ['valls', 'altes']);
    await alarms.read();
    expect(alarms.ringing.map(({ alarm, region }) => [alarm, region])).toEqual([
      ['there', 'altes'],
      ['here', 'valls'],
    ]);
    await alarms.see(alarms.ringing[0]!);
    expect(seen).toEqual(['altes']);
    expect(names(alarms)).toEqual(['here']);
    asked.length = 0;
    await alarms.read(['altes', 'of nobody here']);
    expect(asked).toEqual(['altes']);
  });
});
