import { describe, expect, it } from 'vitest';
import { liftChoices, onlyLift } from './choices.ts';
import { aLift, aSite } from './testing/makers.ts';

const nova = aSite({
  id: 'nova',
  name: 'Clínica Nova',
  assets: [aLift({ id: 'nova-a', name: 'Panoramic', code: 'SJ-2-A' })],
});
const values = (wanted: string, chosen = ''): string[] =>
  liftChoices([aSite(), nova], wanted, chosen).map(({ value }) => value);

describe('the lifts to choose from', () => {
  it('stand under the name of their site', () => {
    expect(liftChoices([nova], '', '')).toEqual([
      { value: 'nova-a', label: 'Panoramic · SJ-2-A', group: 'Clínica Nova' },
    ]);
  });

  it('are narrowed by every word typed, without accents', () => {
    expect(values('clinica')).toEqual(['nova-a']);
    expect(values('ROC  major')).toEqual(['lift-a', 'lift-b']);
    expect(values('nowhere')).toEqual([]);
  });

  it('keep the one that is chosen', () => {
    expect(values('clinica', 'lift-b')).toEqual(['lift-b', 'nova-a']);
  });

  it('need no choosing when there is one', () => {
    expect(onlyLift([nova])).toBe('nova-a');
    expect(onlyLift([aSite()])).toBe('');
  });
});
