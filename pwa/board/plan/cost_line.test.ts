import { expect, it } from 'vitest';
import { costLine } from './cost_line.ts';

const size = { width: 100, height: 40 };

it('steps down from the first cost to the best one over the time given', () => {
  const trace = [
    { seconds: 0, total: 300 },
    { seconds: 5, total: 200 },
    { seconds: 10, total: 100 },
  ];
  expect(costLine(trace, 10, size)).toBe('0,0 50,0 50,20 100,20 100,40');
});

it('draws nothing before there is something to compare', () => {
  expect(costLine([{ seconds: 0, total: 300 }], 10, size)).toBe('');
});

it('draws a flat line when nothing better was found', () => {
  const trace = [
    { seconds: 0, total: 300 },
    { seconds: 10, total: 300 },
  ];
  expect(costLine(trace, 10, size)).toBe('0,40 100,40 100,40');
});
