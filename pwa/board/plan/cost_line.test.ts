import { expect, it } from 'vitest';
import { costLine, worthWriting } from './cost_line.ts';

const size = { width: 100, height: 40 };

it('steps down from the first cost to the best one over the time given', () => {
  const trace = [
    { seconds: 0, total: 300 },
    { seconds: 5, total: 200 },
    { seconds: 10, total: 100 },
  ];
  expect(costLine(trace, 10, size)).toBe('0,0 50,0 50,20 100,20 100,40 100,40');
});

it('draws nothing before there is something to compare', () => {
  expect(costLine([{ seconds: 0, total: 300 }], 10, size)).toBe('');
});

it('draws a flat line when nothing better was found', () => {
  const trace = [
    { seconds: 0, total: 300 },
    { seconds: 10, total: 300 },
  ];
  expect(costLine(trace, 10, size)).toBe('0,40 100,40 100,40 100,40');
});

it('holds the best cost until the end, or until now while the search goes on', () => {
  const trace = [
    { seconds: 0, total: 300 },
    { seconds: 2, total: 100 },
  ];
  expect(costLine(trace, 10, size)).toBe('0,0 20,0 20,40 100,40');
  expect(costLine(trace, 10, size, 5)).toBe('0,0 20,0 20,40 50,40');
});

it('writes down the points whose jobs were counted, the first and the last', () => {
  const trace = [
    { seconds: 0, total: 300 },
    { seconds: 1, total: 250 },
    { seconds: 2, total: 200, in_time: 4, late: 1, unassigned: 0 },
    { seconds: 3, total: 190 },
    { seconds: 4, total: 180 },
  ];
  expect(worthWriting(trace).map((point) => point.seconds)).toEqual([0, 2, 4]);
  expect(worthWriting(trace.slice(0, 2))).toHaveLength(2);
});
