// How much of which part, as one says it: `2 × Landing door lock`, `3 m Travelling cable`.

import type { Schemas } from '../api/client.ts';
import { number } from './format.ts';
import { language, wordFor } from './language.svelte.ts';

type Part = Pick<Schemas['WantedPartOut'], 'names' | 'quantity' | 'unit'>;

const measures: readonly Part['unit'][] = ['m', 'l', 'kg'];

export function partWords({ names, quantity, unit }: Part): string {
  const [many, name] = [number(Number(quantity), { maximumFractionDigits: 3 }), names[language.tag]];
  if (measures.includes(unit)) return `${many}\u00a0${unit} ${name}`;
  return unit === 'piece' ? `${many}\u00a0× ${name}` : `${many}\u00a0× ${name} (${wordFor('part_unit', unit)})`;
}
