// What is still open about an asset: it stays open when the asset goes, and somebody has to decide.
import type { Intervention } from './gateway.ts';

const OVER: ReadonlySet<string> = new Set(['completed', 'closed', 'cancelled']);

export function openAbout(asset: string, interventions: readonly Intervention[]): Intervention[] {
  return interventions.filter((each) => each.asset?.id === asset && !OVER.has(each.status));
}
