import { describe, expect, it } from 'vitest';
import { matching, Palette } from './commands.ts';

const row = (words: string, also = '') => ({ id: words, words, also, run: () => undefined });
const named = (found: readonly { words: string }[]) => found.map(({ words }) => words);

describe('the palette', () => {
  it('offers what each part added, and forgets what is taken away', () => {
    const palette = new Palette();
    palette.add(() => [row('Plan the day')]);
    const takeAway = palette.add(() => [row('Undo')]);
    expect(named(palette.all())).toEqual(['Plan the day', 'Undo']);
    takeAway();
    expect(named(palette.all())).toEqual(['Plan the day']);
  });

  it('finds rows by all words, in any order, without accents or case', () => {
    const rows = [row('Réviser le passage', 'Résidence Élan'), row('Prévoir la journée')];
    expect(named(matching(rows, 'elan REVISER'))).toEqual(['Réviser le passage']);
    expect(matching(rows, 'x')).toEqual([]);
  });

  it('puts rows that begin with the question first', () => {
    const rows = [row('Go to today'), row('Today’s plan')];
    expect(named(matching(rows, 'today'))).toEqual(['Today’s plan', 'Go to today']);
  });
});
