import { expect, test } from 'vitest';
import { callAddress, navigationAddress, reachable } from './ways.ts';

const place = { lat: 42.5, lon: 1.52 };

test.each([
  ['Linux; Android 15', 'geo:42.5,1.52?q=42.5,1.52(Prat%20Gran)'],
  ['iPhone; CPU iPhone OS 19', 'https://maps.apple.com/?daddr=42.5,1.52'],
  ['X11; Linux x86_64', 'https://www.openstreetmap.org/directions?to=42.5%2C1.52'],
])('on %s the way is opened by what the device has', (device, address) => {
  expect(navigationAddress(place, 'Prat Gran', device)).toBe(address);
});

test('a number is dialled without its spaces', () => {
  expect(callAddress('+376 700 001')).toBe('tel:+376700001');
});

test('without a number there is nothing to call', () => {
  expect(callAddress('–')).toBeUndefined();
});

test('who called and is the contact too is offered once, and nobody without a number', () => {
  const people = [
    { name: 'Marta', phone: '+376 700 001' },
    { name: 'Marta Pla', phone: '+376700001' },
    { name: 'Concierge', phone: '' },
  ];
  expect(reachable(people).map(({ name }) => name)).toEqual(['Marta']);
});
