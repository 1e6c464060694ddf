import { describe, expect, it } from 'vitest';
import { layers, predictedLateness, rulerRows } from './promises.ts';
import { at, clock, trail } from '../testing/makers.ts';

const customer = clock();
const division = clock({ party: 'internal', internal_due_at: null, due_at: at('11:00') });
const supplier = clock({ party: 'supplier', internal_due_at: null, due_at: at('11:30') });

describe('the promises of an intervention', () => {
  it('stand in layers: the customer’s, our own aim, our division, the supplier', () => {
    const trails = [customer, division, supplier].map((each) => trail({ clock: each }));
    const [layer, ...more] = layers([division, customer, supplier], trails);
    expect(more).toEqual([]);
    expect(layer?.clock).toBe(customer);
    expect(rulerRows(layer!, (party) => party).map(({ label }) => label)).toEqual([
      'customer',
      'aim',
      'internal',
      'supplier',
    ]);
  });

  it('cut our own aim where it falls due', () => {
    const [layer] = layers([customer], [trail({ clock: customer })]);
    const [, aim] = rulerRows(layer!, (party) => party);
    expect(aim?.due).toBe(at('11:36'));
    expect(aim?.spans.at(-1)?.to_at).toBe(at('11:36'));
  });

  it('are told apart by the return visit they are about', () => {
    const again = clock({ round: 1 });
    expect(layers([customer, again], []).map(({ key }) => key)).toEqual(['response 0', 'response 1']);
  });

  it('have no ruler before it is known how they came about', () => {
    expect(rulerRows(layers([customer], [])[0]!, (party) => party)).toEqual([]);
  });

  it('say how late the plan is before it is late', () => {
    expect(predictedLateness(customer)).toBe(0);
    const late = clock({ expected_at: at('12:20'), is_breach_predicted: true });
    expect(predictedLateness(late)).toBe(1200);
  });
});
