// Which of its four faces the sync chip shows: what needs a person outranks everything.

import type { Tone } from './Chip.svelte';
import type { ShapeName } from './Shape.svelte';

export interface SyncCounts {
  isOffline: boolean;
  waiting: number;
  needingYou: number;
}

export type SyncState = 'needs_you' | 'offline' | 'waiting' | 'sent';

export interface SyncView {
  state: SyncState;
  tone: Tone;
  shape: ShapeName;
}

const LOOKS: Record<SyncState, { tone: Tone; shape: ShapeName }> = {
  needs_you: { tone: 'late', shape: 'cross' },
  offline: { tone: 'risk', shape: 'triangle' },
  waiting: { tone: 'info', shape: 'ring' },
  sent: { tone: 'ok', shape: 'check' },
};

export function syncView(counts: SyncCounts): SyncView {
  const state = stateOf(counts);
  return { state, ...LOOKS[state] };
}

function stateOf({ isOffline, waiting, needingYou }: SyncCounts): SyncState {
  if (needingYou > 0) return 'needs_you';
  if (isOffline) return 'offline';
  return waiting > 0 ? 'waiting' : 'sent';
}
