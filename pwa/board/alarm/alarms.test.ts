import { describe, expect, it } from 'vitest';
import { refusal } from '../testing/twin.ts';
import { type Alarm, Alarms } from './alarms.svelte.ts';

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

const names = (alarms: Alarms) => alarms.ringing.map((one) => one.alarm);

describe('alarms', () => {
  it('ring until they are seen, and at once no more', async () => {
    const first = alarm('first');
    let give: (value: Alarm[]) => void = () => undefined;
    const calls = {
      alarms: () => Promise.resolve([first, alarm('second', { is_seen: true })]),
      seeAlarm: () => new Promise<Alarm[]>((resolve) => (give = resolve)),
    };
    const alarms = new Alarms(calls, () => 'region');
    await alarms.read();
    expect(names(alarms)).toEqual(['first']);
    const seeing = alarms.see(first);
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
    const alarms = new Alarms(calls, () => 'region');
    await alarms.read();
    isOver = true;
    await alarms.see(alarm('first'));
    expect(names(alarms)).toEqual([]);
  });
});
