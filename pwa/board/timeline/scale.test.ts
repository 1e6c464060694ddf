import { describe, expect, it } from 'vitest';
import { at } from '../testing/makers.ts';
import { TimeScale } from './scale.ts';

const HOUR = 3_600_000;
const instant = (time: string) => Date.parse(at(time));
const day = { from: instant('06:00'), to: instant('22:00') };
const next = { from: day.from + 24 * HOUR, to: day.to + 24 * HOUR };

describe('one day', () => {
  const scale = new TimeScale([day], 60);

  it('turns an hour into its pixels, and pixels into their instant', () => {
    expect(scale.at(instant('08:30'))).toBe(150);
    expect(scale.instantAt(150)).toBe(instant('08:30'));
    expect(scale.width).toBe(960);
  });

  it('cuts what sticks out of the day and leaves out what lies outside', () => {
    expect(scale.box({ from: instant('05:00'), to: instant('07:00') })).toEqual({ left: 0, width: 60 });
    expect(scale.box({ from: instant('04:00'), to: instant('06:00') })).toBeNull();
  });

  it('has one tick per hour that passes on the night the clocks go back', () => {
    const span = { from: Date.parse('2026-10-24T22:00:00Z'), to: Date.parse('2026-10-25T23:00:00Z') };
    expect(new TimeScale([span], 60).ticks()).toHaveLength(25);
  });
});

describe('several days', () => {
  const scale = new TimeScale([day, next], 60);

  it('stand side by side, and the night between them takes no room', () => {
    expect(scale.width).toBe(1920);
    expect(scale.at(day.to + HOUR)).toBe(960);
    expect(scale.at(next.from + HOUR)).toBe(1020);
    expect(scale.instantAt(1020)).toBe(next.from + HOUR);
  });

  it('show what lasts over night to the end of one day and from the start of the next', () => {
    expect(scale.box({ from: day.to - HOUR, to: next.from + HOUR })).toEqual({ left: 900, width: 120 });
    expect(scale.box({ from: day.to + HOUR, to: next.from - HOUR })).toBeNull();
  });

  it('have fewer ticks where hours are narrow', () => {
    expect(new TimeScale([day, next], 14).ticks()).toHaveLength(8);
  });
});
