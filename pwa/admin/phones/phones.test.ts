// The list of phones: everybody is on it, whoever needs help first.

import { expect, test } from 'vitest';
import type { Device } from './gateway.ts';
import { Phones, rowsOf } from './phones.svelte.ts';

const people = [
  { id: 'aina', name: 'Aina', is_active: true },
  { id: 'bruno', name: 'Bruno', is_active: true },
  { id: 'carla', name: 'Carla', is_active: true },
  { id: 'gone', name: 'Gone', is_active: false },
];

function device(technician: string, more: Partial<Device> = {}): Device {
  return {
    id: `phone of ${technician}`,
    technician_id: technician,
    technician_name: technician,
    is_installed: true,
    is_persisted: true,
    notifications: 'granted',
    is_reachable: true,
    version: '1',
    platform: 'android',
    heard_at: '2026-06-02T08:00:00Z',
    ...more,
  };
}

test('whoever has no phone, or one that lacks something, comes before those who are ready', () => {
  const rows = rowsOf(people, [device('aina'), device('bruno', { is_reachable: false })]);
  expect(rows.map(({ technician, isReady }) => [technician.name, isReady])).toEqual([
    ['Bruno', false],
    ['Carla', false],
    ['Aina', true],
  ]);
  expect(rows[1]!.device).toBeUndefined();
});

test('of several phones the one heard of last counts', () => {
  const [row] = rowsOf(people.slice(0, 1), [device('aina', { id: 'new' }), device('aina', { id: 'old' })]);
  expect(row!.device?.id).toBe('new');
});

test('it is read from both lists', async () => {
  const phones = new Phones({ technicians: async () => people, devices: async () => [device('aina')] });
  await phones.list.refresh();
  expect(phones.list.value).toHaveLength(3);
});
