import { expect, it, vi } from 'vitest';
import { Problem } from '../api/problem.ts';
import type { NotifyingGateway, Own } from './gateway.ts';
import { clockOf, minuteOf, OwnNotifications } from './own.svelte.ts';

const own = (given: Partial<Own> = {}): Own => ({
  role: 'manager',
  channels: ['bell', 'email'],
  topics: [{ topic: 'on_the_way', channels: { bell: true, email: true }, usual: { bell: true, email: true } }],
  quiet_from: null,
  quiet_to: null,
  zone: '',
  lets_trapped_through: true,
  is_mail_stopped: false,
  is_mail_sent: true,
  version: 0,
  ...given,
});

function opened(change: NotifyingGateway['change']): { mine: OwnNotifications; gateway: NotifyingGateway } {
  const gateway = {
    mine: vi.fn(() => Promise.resolve(own())),
    change: vi.fn(change),
    yesterday: vi.fn(() => Promise.resolve({ day: '2026-11-22', zone: 'Europe/Andorra', items: [], more: 0 })),
  } as unknown as NotifyingGateway;
  return { mine: new OwnNotifications(gateway, 'Europe/Andorra'), gateway };
}

it('sends what is ticked and the quiet hours as minutes of the day where the reader is', async () => {
  const { mine, gateway } = opened(() => Promise.resolve(own({ quiet_from: 1320, quiet_to: 420, version: 1 })));
  await mine.open();
  mine.choices['on_the_way']!['email'] = false;
  mine.quiet.isOn = true;
  expect(await mine.save()).toBe(true);
  const told = { quiet_from: 1320, quiet_to: 420, zone: 'Europe/Andorra', lets_trapped_through: true };
  expect(gateway.change).toHaveBeenCalledWith({ choices: { on_the_way: { bell: true, email: false } }, ...told }, 0);
  expect(mine.quiet).toEqual({ isOn: true, from: '22:00', to: '07:00' });
});

it('keeps what was ticked when somebody else changed it meanwhile, and saves on top of theirs', async () => {
  const { mine, gateway } = opened(() => Promise.reject(new Problem({ code: 'stale' }, 412)));
  await mine.open();
  mine.choices['on_the_way']!['bell'] = false;
  vi.mocked(gateway.mine).mockResolvedValue(own({ version: 4 }));
  expect(await mine.save()).toBe(false);
  expect([mine.refusal?.status, mine.choices['on_the_way']]).toEqual([412, { bell: false, email: true }]);
  await mine.save();
  expect(vi.mocked(gateway.change).mock.calls[1]![1]).toBe(4);
});

it('reads and writes clock times as minutes', () => {
  expect(['00:00', '07:05', '23:59'].map((clock) => clockOf(minuteOf(clock)))).toEqual(['00:00', '07:05', '23:59']);
});
