import { beforeAll, expect, it } from 'vitest';
import { catalogues } from '../../generated/admin.ts';
import { language } from '../../lib/i18n/index.ts';
import type { Ledger } from './gateway.ts';
import { criticalVerdict, headline } from './ledger.ts';

beforeAll(() => language.start(catalogues));

const ledger = (causes: Ledger['causes']): Ledger =>
  ({ causes, down_minutes: causes.reduce((sum, each) => sum + each.minutes, 0) }) as Ledger;

it('says what took most in a sentence', () => {
  const found = ledger([
    { cause: 'door', minutes: 60, outages: 1 },
    { cause: '', minutes: 30, outages: 1 },
  ]);
  expect(headline(found)).toBe('It stood still for 1\u00a0h\u00a030 of the agreed time, 1\u00a0h of it because of: Doors.');
  expect(headline(ledger([]))).toBe('It ran all the time that was agreed.');
});

it('judges critical hours by their own target, and not where they have none', () => {
  const of = (is_met: boolean | null) => criticalVerdict({ is_met } as Ledger['critical'][number])?.words;
  expect([of(true), of(false), of(null)]).toEqual(['Reached', 'Missed', undefined]);
});
