import { describe, expect, it } from 'vitest';
import { at, boardVisit, clock, intervention, technician, visit } from '../testing/makers.ts';
import { ownAim, riskFrom, risks } from './risks.ts';

const NOW = Date.parse(at('10:00'));
const due = (id: string, time: string) => intervention(id, { clocks: [clock({ due_at: at(time) })] });
const booked = (id: string, starts: string, dueAt: string) =>
  boardVisit(id, { visit: visit(id, { starts_at: at(starts) }), clock: clock({ due_at: at(dueAt) }) });

describe('what is at risk', () => {
  const rows = [technician('ines', [booked('fine', '10:30', '14:00'), booked('over', '13:00', '12:00')])];
  const all = risks([due('soon', '11:00'), due('noon', '13:00')], rows, NOW);

  it('is all that waits and what is planned too late, soonest first', () => {
    expect(all.map((one) => one.visit ?? one.intervention)).toEqual(['soon', 'over', 'noon']);
  });

  it('is walked from the most urgent one, and not past the ends', () => {
    expect(riskFrom(all, null, 1)?.intervention).toBe('soon');
    expect(riskFrom(all, 'soon', 1)?.visit).toBe('over');
    expect(riskFrom(all, 'noon', 1)?.intervention).toBe('noon');
    expect(riskFrom(all, 'soon', -1)?.intervention).toBe('soon');
    expect(riskFrom([], 'soon', 1)).toBeNull();
  });
});

describe('our own aim', () => {
  it('is the sooner one of what we aim at for the customer and what a division of ours promised', () => {
    const own = clock({ party: 'internal', due_at: at('10:45') });
    expect(ownAim(intervention('one', { clocks: [clock()] }))).toBe(Date.parse(at('11:36')));
    expect(ownAim(intervention('one', { clocks: [clock(), own] }))).toBe(Date.parse(at('10:45')));
    expect(ownAim(intervention('one', { clocks: [] }))).toBeNull();
  });
});
