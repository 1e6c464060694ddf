import { describe, expect, test } from 'vitest';
import { openItems, readingFault, withAnswers } from './checklist.ts';
import { item, reading } from './testing/makers.ts';

describe('a reading', () => {
  test.each(['5', '30', '12,5', ' 7.25 ', '+6'])('of %s is taken as it is', (typed) => {
    expect(readingFault(reading().item, typed)).toBeUndefined();
  });

  test.each(['4.99', '30,1', '-7'])('of %s lies outside and asks why', (typed) => {
    expect(readingFault(reading().item, typed)).toBe('out_of_range');
  });

  test.each(['', 'about six', '1.234,5', '1e3'])('of "%s" is no number', (typed) => {
    expect(readingFault(reading().item, typed)).toBe('not_a_number');
  });

  test('without limits takes any number', () => {
    expect(readingFault(reading({ low: null, high: null }).item, '-400')).toBeUndefined();
  });
});

test('an item is open until it is answered, unless it may be left out', () => {
  const list = [item(), reading(), item({ key: 'lamp', is_mandatory: false })];
  expect(openItems(list).map(({ key }) => key)).toEqual(['doors', 'gap']);
  const kept = withAnswers(list, [{ item: 'gap', value: '12' }], { at: '2026-11-23T10:00:00Z', author: 'Inès' });
  expect(openItems(kept).map(({ key }) => key)).toEqual(['doors']);
});
