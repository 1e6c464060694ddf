import { describe, expect, it } from 'vitest';
import { byTimeToBreach } from './order.ts';
import { at, clock, intervention } from '../testing/makers.ts';

const due = (id: string, time: string) =>
  intervention(id, { clocks: [clock({ due_at: at(time) })] });

const ids = (queue: readonly { id: string }[]) => queue.map((one) => one.id);

describe('the unassigned queue', () => {
  it('shows first whose promise breaks first, and last what has none', () => {
    const none = intervention('none', { clocks: [] });
    const queue = [none, due('noon', '12:00'), due('late', '09:00'), due('soon', '10:30')];
    expect(ids(byTimeToBreach(queue))).toEqual(['late', 'soon', 'noon', 'none']);
  });

  it('puts the graver first among equals, then who waits longest', () => {
    const minor = { ...due('minor', '12:00'), severity: 'S3' as const };
    const later = { ...due('later', '12:00'), reported_at: at('10:05') };
    expect(ids(byTimeToBreach([minor, later, due('first', '12:00')]))).toEqual([
      'first',
      'later',
      'minor',
    ]);
  });
});
