import { describe, expect, test } from 'vitest';
import { Drawer } from '../testing/drawer.ts';
import { found, type Part, quantityOf } from './catalogue.ts';
import { PartLines } from './part_lines.svelte.ts';
import { withUse } from './uses.ts';

function part(code: string, en: string, more: Partial<Part> = {}): Part {
  const names = { en, fr: `${en} (fr)`, es: en, nl: en };
  return { id: code, code, names, unit: 'piece', price_eur: null, is_withdrawn: false, version: 1, ...more };
}

const catalogue = [
  part('DOR-010', 'Door roller', { names: { en: 'Door roller', fr: 'Galet de porte palière', es: '', nl: '' } }),
  part('DOR-020', 'Door belt'),
  part('ELE-001', 'Relay'),
  part('OLD-001', 'Door contact', { is_withdrawn: true }),
];
const codes = (parts: readonly Part[]): string[] => parts.map(({ code }) => code);

describe('the catalogue', () => {
  test.each([
    ['door', 'en', ['DOR-010', 'DOR-020']],
    ['belt door', 'en', ['DOR-020']],
    ['PALIERE', 'fr', ['DOR-010']],
    ['ele-0', 'en', ['ELE-001']],
    ['roller', 'nl', ['DOR-010']],
    ['rope', 'en', []],
  ] as const)('finds by the words of “%s” in %s', (query, language, expected) => {
    expect(codes(found(catalogue, query, {}, language))).toEqual(expected);
  });

  test('offers what was used most before a word is typed, and nothing that was never used', () => {
    const uses = withUse(withUse({}, ['ELE-001', 'DOR-020']), ['ELE-001', 'OLD-001']);
    expect(codes(found(catalogue, '', uses, 'en'))).toEqual(['ELE-001', 'DOR-020']);
  });
});

test.each([
  ['2', '2'],
  ['1,5', '1.5'],
  ['0', undefined],
  ['-1', undefined],
  ['many', undefined],
  ['0.0001', undefined],
])('a quantity written %s is %s', (text, quantity) => {
  expect(quantityOf(text)).toBe(quantity);
});

describe('parts put together', () => {
  async function opened(shelf = new Drawer()): Promise<PartLines> {
    const lines = new PartLines(shelf, 'parts:visit-1');
    await lines.open();
    return lines;
  }

  test('are counted up and down by a tap, and gone below one', async () => {
    const lines = await opened();
    lines.add('DOR-010');
    lines.add('DOR-010');
    lines.add('ELE-001');
    lines.step('ELE-001', -1);
    expect(lines.finish()).toEqual([{ part: 'DOR-010', quantity: '2' }]);
  });

  test('are not sent with a quantity that is none, nor empty', async () => {
    const lines = await opened();
    expect([lines.finish(), lines.isMissing]).toEqual([undefined, true]);
    lines.add('DOR-020');
    lines.count('DOR-020', 'a few');
    expect([lines.finish(), lines.isWrong(lines.lines[0]!)]).toEqual([undefined, true]);
    lines.count('DOR-020', '1,25');
    expect(lines.finish()).toEqual([{ part: 'DOR-020', quantity: '1.25' }]);
  });

  test('are there again after the page was killed', async () => {
    const shelf = new Drawer();
    (await opened(shelf)).add('DOR-010');
    expect((await opened(shelf)).lines).toEqual([{ part: 'DOR-010', quantity: '1' }]);
  });
});
