import { expect, test } from 'vitest';
import { icon } from './icons.ts';

test('an icon is a square PNG of the size asked for', () => {
  const bytes = icon(48, 1);
  expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([48, 48]);
});
