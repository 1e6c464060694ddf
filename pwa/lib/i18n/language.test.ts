import { beforeEach, expect, test, vi } from 'vitest';
import { catalogues } from '../../generated/technician.ts';
import { language, t, wordFor } from './language.svelte.ts';

function deviceSpeaks(...languages: string[]): void {
  vi.stubGlobal('navigator', { languages });
}

function deviceRemembers(tag?: string): Map<string, string> {
  const kept = new Map(tag === undefined ? [] : [['palier.language', tag]]);
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  return kept;
}

beforeEach(() => {
  deviceRemembers();
  deviceSpeaks('en');
});

test('the first language of the device that we speak is taken', async () => {
  deviceSpeaks('ca-AD', 'es-ES', 'fr');
  await language.start(catalogues);
  expect([language.tag, t('action.undo')]).toEqual(['es', 'Deshacer']);
});

test('a device that speaks none of ours is spoken to in English', async () => {
  deviceSpeaks('ca-AD');
  await language.start(catalogues);
  expect(language.tag).toBe('en');
});

test('what was chosen on this device wins, and a new choice is remembered', async () => {
  const kept = deviceRemembers('nl');
  await language.start(catalogues);
  expect(language.tag).toBe('nl');
  await language.change('fr');
  expect([language.tag, kept.get('palier.language')]).toEqual(['fr', 'fr']);
});

test('the account’s language is taken where nothing was chosen on the device', async () => {
  await language.start(catalogues);
  await language.adopt('fr');
  expect(language.tag).toBe('fr');
});

test('the account’s language does not overrule a choice on the device', async () => {
  deviceRemembers('nl');
  await language.start(catalogues);
  await language.adopt('fr');
  expect(language.tag).toBe('nl');
});

test('a code we know has its words, and one we do not is not shown raw on its own', async () => {
  await language.start(catalogues);
  expect(wordFor('problem', 'not_signed_in')).toBe('Sign in to go on.');
  expect(wordFor('problem', 'brand_new')).toContain('brand_new');
  expect(wordFor('problem', 'brand_new')).not.toBe('brand_new');
});
