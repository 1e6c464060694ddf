// Which shape stands for which severity.

import type { ShapeName } from './Shape.svelte';

export type Severity = 'S1' | 'S2' | 'S3' | 'S4';

export const severityShapes: Record<Severity, ShapeName> = {
  S1: 'diamond',
  S2: 'cross',
  S3: 'triangle',
  S4: 'circle',
};
