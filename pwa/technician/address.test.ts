import { expect, test } from 'vitest';
import { Address, visitAddress } from './address.svelte.ts';

test('the address of a visit names it', () => {
  expect(new Address(visitAddress('visit-1')).visitId).toBe('visit-1');
});

test.each(['/app/', '/app', '/app/visits/', '/app/visits/1/2'])('%s names no visit', (path) => {
  expect(new Address(path).visitId).toBeUndefined();
});

test('a page opened by its address was not come to from another view', () => {
  expect(new Address('/app/').arrival).toBe('started');
});
