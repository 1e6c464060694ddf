import { expect, test } from 'vitest';
import { keysOf } from '../lib/i18n/text.ts';
import { byFamily, faultsOf, missing, placeholders, said, type Catalogue, type Texts, typeset } from './messages.ts';

function everywhere(texts: Texts, changes: Partial<Catalogue> = {}): Catalogue {
  return { en: texts, fr: texts, es: texts, nl: texts, ...changes };
}

test('texts that agree in four languages are accepted', () => {
  expect(faultsOf('technician', everywhere({ 'technician.hello': 'Hi {name}' }))).toEqual([]);
});

test('a key missing in one language is named', () => {
  const faults = faultsOf('lib', everywhere({ 'sync.sent': 'All sent' }, { nl: {} }));
  expect(faults).toEqual(['lib/nl: "sync.sent" is missing']);
});

test('a key that English does not have is named', () => {
  const faults = faultsOf('lib', everywhere({}, { fr: { 'sync.sent': 'Envoyé' } }));
  expect(faults).toEqual(['lib/fr: "sync.sent" is not in English']);
});

test('a placeholder that changes its name in translation is named', () => {
  const faults = faultsOf('lib', everywhere({ 'a.b': '{count} left' }, { es: { 'a.b': 'quedan {n}' } }));
  expect(faults).toEqual(['lib/es: "a.b" has other placeholders than English']);
});

test('a text that would show its braces is named', () => {
  const faults = faultsOf('lib', everywhere({ 'a.b': '{n, plural, one(# day) other {# days}}' }));
  expect(faults).toContain('lib/en: "a.b" is not written as a text can be filled');
});

test('a page cannot hold the words of another page', () => {
  expect(faultsOf('board', everywhere({ 'portal.title': 'Lifts' }))).toEqual([
    'board: "portal.title" belongs elsewhere',
  ]);
});

test('a key without a family is named', () => {
  expect(faultsOf('lib', everywhere({ hello: 'Hi' }))).toEqual(['lib: "hello" belongs to no family']);
});

test('the keys of a family are written together and read back whole', () => {
  const keys = ['board.a', 'board.a.b', 'theme.dark', 'board.c'];
  expect(byFamily(keys)).toEqual({ board: 'a c', 'board.a': 'b', theme: 'dark' });
  expect(keysOf(byFamily(keys)).sort()).toEqual(keys.sort());
});

test('a word that a built page names and does not download is named', () => {
  const shared = { 'visit_command.unassign': 'Take back', 'problem.offline': 'Offline' };
  const page = 'x(`visit_command.unassign`),x(`problem.offline`)';
  expect(missing('technician', page, shared)).toEqual(['visit_command.unassign']);
  expect(missing('board', page, shared)).toEqual([]);
});

test('the branches of a plural are not placeholders', () => {
  const found = placeholders('{count, plural, one {# change} other {# changes}} since {time}');
  expect([...found]).toEqual([['count', 'plural'], ['time', 'plain']]);
});

test('the phone does not download the words of the office’s commands', () => {
  const shared = { 'visit_command.unassign': 'Take back', 'problem.offline': 'Offline' };
  expect(said('technician', shared)).toEqual({ 'problem.offline': 'Offline' });
  expect(said('board', shared)).toEqual(shared);
});

test('the phone keeps the words for what it can meet, and a word nobody thought of', () => {
  const met = ['offline', 'internal', 'not_found', 'checklist_open', 'unknown', 'new_one'];
  const never = ['plan_running', 'plan_not_ready', 'geocoder_unavailable', 'shift_overlaps'];
  const shared = Object.fromEntries([...met, ...never].map((code) => [`problem.${code}`, code]));
  expect(Object.values(said('technician', shared))).toEqual(met);
});

test('French keeps its colons and question marks on the line of the word before', () => {
  expect(typeset('fr', 'Accès : « code » ?')).toBe('Accès\u00a0: «\u00a0code\u00a0»\u00a0?');
  expect(typeset('es', '¿Qué : eso?')).toBe('¿Qué : eso?');
});
