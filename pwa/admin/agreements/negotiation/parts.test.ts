// Which promise a proposal is about, in the words of the register.
import { beforeAll, expect, test } from 'vitest';
import { catalogues } from '../../../generated/admin.ts';
import { language } from '../../../lib/i18n/index.ts';
import { partWords } from './parts.ts';

const names = { serviceName: (code: string): string => (code === 'REQUEST' ? 'Request' : code) };

beforeAll(() => language.start(catalogues));

test('a promise is named by what it is for and where, each said once', () => {
  const part = { part: 'promise', service: 'REQUEST', severity: 'S4', clock: 'response', where: 'Valls centrals' } as const;
  expect(partWords(part, names)).toBe('Arrival on site · Request · Valls centrals');
  expect(partWords({ ...part, where: '' }, names)).toBe('Arrival on site · Request');
});
