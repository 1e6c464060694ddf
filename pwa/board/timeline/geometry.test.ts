import { describe, expect, it } from 'vitest';
import {
  DayScale,
  daySpan,
  lunchSpan,
  nameWidth,
  rowsInView,
  scrollToRow,
  travelSpan,
  visitSpan,
} from './geometry.ts';
import { at, board, boardVisit, shift, technician, visit } from '../testing/makers.ts';

const instant = (time: string) => Date.parse(at(time));

describe('the span of the day', () => {
  it('is six to ten in the evening, by the clock of the region', () => {
    expect(daySpan(board())).toEqual({ from: instant('06:00'), to: instant('22:00') });
  });

  it('stretches to whole hours around an early shift and a late visit', () => {
    const late = visit('late', { starts_at: at('22:10'), ends_at: at('22:50') });
    const row = technician('ines', [boardVisit('late', { visit: late })]);
    row.shifts = [shift({ starts_at: at('05:30'), ends_at: at('14:00') })];
    expect(daySpan(board({ technicians: [row] }))).toEqual({
      from: instant('05:00'),
      to: instant('23:00'),
    });
  });

  it('is not stretched by on-call, which lasts all night', () => {
    const row = technician('ines');
    row.shifts = [shift({ kind: 'on_call', starts_at: at('00:00'), ends_at: at('23:59') })];
    expect(daySpan(board({ technicians: [row] })).from).toBe(instant('06:00'));
  });

  it('has one tick per hour that passes on the night the clocks go back', () => {
    const span = {
      from: Date.parse('2026-10-24T22:00:00Z'),
      to: Date.parse('2026-10-25T23:00:00Z'),
    };
    expect(new DayScale(span, 60).hours()).toHaveLength(26);
  });
});

describe('a scale', () => {
  const scale = new DayScale({ from: instant('06:00'), to: instant('22:00') }, 60);

  it('turns an hour into its pixels', () => {
    expect(scale.at(instant('08:30'))).toBe(150);
    expect(scale.width).toBe(960);
  });

  it('cuts what sticks out of the day and leaves out what lies outside', () => {
    const early = { from: instant('05:00'), to: instant('07:00') };
    expect(scale.box(early)).toEqual({ left: 0, width: 60 });
    expect(scale.box({ from: instant('04:00'), to: instant('06:00') })).toBeNull();
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

describe('rows', () => {
  it('are rendered only where they are seen, and a few beyond', () => {
    expect(rowsInView({ top: 3600, height: 360 }, 400)).toEqual({ first: 96, last: 114 });
  });

  it('never go past the ends', () => {
    expect(rowsInView({ top: 0, height: 9000 }, 14)).toEqual({ first: 0, last: 14 });
  });

  it('scroll only as far as needed', () => {
    const scroll = { top: 100, height: 200 };
    expect(scrollToRow(4, scroll)).toBe(100);
    expect(scrollToRow(0, scroll)).toBe(0);
    expect(scrollToRow(10, scroll)).toBe(196);
  });
});

it('leaves less room for names where there is little', () => {
  expect(nameWidth(390)).toBeLessThan(nameWidth(900));
});
