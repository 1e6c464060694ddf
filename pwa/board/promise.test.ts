import { describe, expect, it } from 'vitest';
import { arrivalClock, breaksAt, nextClock, plannedLateness, standing, visitStanding } from './promise.ts';
import { at, boardVisit, clock, intervention, visit } from './testing/makers.ts';

const now = (time: string) => Date.parse(at(time));

describe('the promise that matters', () => {
  it('is the running one that falls due first', () => {
    const late = clock({ kind: 'resolution', due_at: at('18:00') });
    const soon = clock({ kind: 'response', due_at: at('11:00') });
    expect(nextClock([late, soon])).toBe(soon);
  });

  it('passes over those already kept', () => {
    const kept = clock({ state: 'met', stopped_at: at('10:30'), due_at: at('11:00') });
    const next = clock({ kind: 'resolution', due_at: at('18:00') });
    expect(nextClock([kept, next])).toBe(next);
  });

  it('is, for sending somebody, the arrival and not the acknowledgement', () => {
    const acknowledge = clock({ kind: 'acknowledge', due_at: at('10:05') });
    const response = clock({ kind: 'response', due_at: at('12:00') });
    expect(arrivalClock([acknowledge, response])).toBe(response);
    expect(arrivalClock([acknowledge])).toBe(acknowledge);
  });

  it('is none where nothing was promised', () => {
    expect(standing(nextClock([]), now('10:00'))).toBe('none');
    expect(breaksAt(intervention('one', { clocks: [] }))).toBe(Infinity);
  });

  it('never breaks while it is paused', () => {
    const paused = intervention('one', { clocks: [clock({ state: 'paused', due_at: null })] });
    expect(breaksAt(paused)).toBe(Infinity);
  });
});

describe('a planned visit', () => {
  it('is at risk as soon as it is planned after its due instant', () => {
    const entry = boardVisit('one', { visit: visit('one', { starts_at: at('12:06') }) });
    expect(plannedLateness(entry)).toBe(360);
    expect(visitStanding(entry, now('10:00'))).toBe('at_risk');
  });

  it('is at risk once the technician says to come after the due instant', () => {
    const late = visit('one', { starts_at: at('11:50'), late_by_seconds: 900 });
    const entry = boardVisit('one', { visit: late });
    expect(plannedLateness(entry)).toBe(300);
    expect(visitStanding(entry, now('10:00'))).toBe('at_risk');
  });

  it('is on time when it starts at the very due instant', () => {
    const entry = boardVisit('one', { visit: visit('one', { starts_at: at('12:00') }) });
    expect(visitStanding(entry, now('10:00'))).toBe('on_time');
  });

  it('is no longer late on paper once the technician is there', () => {
    const there = visit('one', { starts_at: at('12:06'), arrived_at: at('11:50') });
    expect(plannedLateness(boardVisit('one', { visit: there }))).toBe(0);
  });
});

describe('the promise that matters next', () => {
  it('is the customer’s: ours and the supplier’s are between us', () => {
    const ours = clock({ party: 'internal', due_at: at('10:30') });
    expect(nextClock([ours, clock()])?.party).toBe('customer');
    expect(nextClock([ours])).toBeNull();
  });

  it('is none that ended without being kept or broken', () => {
    expect(nextClock([clock({ state: 'ended' })])).toBeNull();
  });
});
