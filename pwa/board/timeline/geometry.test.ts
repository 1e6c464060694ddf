import { describe, expect, it } from 'vitest';
import { daySpans, lunchSpan, nameWidth, travelSpan, visitSpan } from './geometry.ts';
import { at, board, boardVisit, shift, technician, visit } from '../testing/makers.ts';

const instant = (time: string) => Date.parse(at(time));

describe('the span of the day', () => {
  it('is six to ten in the evening, by the clock of the region', () => {
    expect(daySpans(board())).toEqual([{ from: instant('06:00'), to: instant('22:00') }]);
  });

  it('stretches to whole hours around an early shift and a late visit', () => {
    const late = visit('late', { starts_at: at('22:10'), ends_at: at('22:50') });
    const row = technician('ines', [boardVisit('late', { visit: late })]);
    row.shifts = [shift({ starts_at: at('05:30'), ends_at: at('14:00') })];
    expect(daySpans(board({ technicians: [row] }))).toEqual([
      { from: instant('05:00'), to: instant('23:00') },
    ]);
  });

  it('is not stretched by on-call, which lasts all night', () => {
    const row = technician('ines');
    row.shifts = [shift({ kind: 'on_call', starts_at: at('00:00'), ends_at: at('23:59') })];
    expect(daySpans(board({ technicians: [row] }))[0]?.from).toBe(instant('06:00'));
  });
});

describe('a bar', () => {
  it('lies where the work really began and ended', () => {
    const done = visit('one', { arrived_at: at('10:20'), finished_at: at('10:50') });
    expect(visitSpan(boardVisit('one', { visit: done }))).toEqual({
      from: instant('10:20'),
      to: instant('10:50'),
    });
  });

  it('keeps its planned length from a late start until it is finished', () => {
    const begun = visit('one', { work_started_at: at('10:30') });
    expect(visitSpan(boardVisit('one', { visit: begun })).to).toBe(instant('11:15'));
  });

  it('has its drive before it', () => {
    expect(travelSpan(boardVisit('one'))).toEqual({ from: instant('09:45'), to: instant('10:00') });
  });

  it('has no drive when nobody went', () => {
    const off = visit('one', { status: 'cancelled' });
    expect(travelSpan(boardVisit('one', { visit: off }))).toBeNull();
  });

  it('lets lunch end after its latest start', () => {
    expect(lunchSpan(shift())).toEqual({ from: instant('12:00'), to: instant('14:00') });
  });
});

it('leaves less room for names where there is little', () => {
  expect(nameWidth(390)).toBeLessThan(nameWidth(900));
});
