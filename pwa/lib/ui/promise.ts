// How a promise stands at an instant: late, at risk, on time, paused, kept.
// Says nothing in words and draws nothing; the chip does.

import type { Tone } from './Chip.svelte';
import type { ShapeName } from './Shape.svelte';

/** What is needed of a clock; `ClockOut` fits, and so does a portal promise. */
export interface PromiseClock {
  state: 'running' | 'at_risk' | 'paused' | 'met' | 'breached' | 'ended';
  due_at: string | null;
  at_risk_at?: string | null;
  stopped_at?: string | null;
  remaining_seconds?: number | null;
}

export type PromiseStanding = 'on_time' | 'at_risk' | 'late' | 'paused' | 'kept' | 'missed' | 'ended';

export interface PromiseView {
  standing: PromiseStanding;
  tone: Tone;
  shape: ShapeName;
  /** Seconds left, or seconds late; null where a duration would say nothing. */
  seconds: number | null;
  /** Whether the number still moves. */
  isTicking: boolean;
}

const LOOKS: Record<PromiseStanding, { tone: Tone; shape: ShapeName }> = {
  on_time: { tone: 'ok', shape: 'circle' },
  at_risk: { tone: 'risk', shape: 'triangle' },
  late: { tone: 'late', shape: 'cross' },
  paused: { tone: 'paused', shape: 'pause' },
  kept: { tone: 'ok', shape: 'check' },
  missed: { tone: 'late', shape: 'cross' },
  ended: { tone: 'neutral', shape: 'ring' },
};

/** The server's word is taken for what stopped; what runs is judged again at every tick. */
export function promiseAt(clock: PromiseClock, now: Date): PromiseView {
  if (clock.state === 'met') return view('kept', null);
  if (clock.state === 'ended') return view('ended', null);
  if (clock.state === 'paused') return view('paused', clock.remaining_seconds ?? null);
  const due = instant(clock.due_at);
  const stopped = instant(clock.stopped_at);
  if (stopped !== null) return view('missed', due === null ? null : seconds(due, stopped));
  if (due === null) return view(clock.state === 'breached' ? 'missed' : 'paused', null);
  return running(clock, due, now.getTime());
}

function running(clock: PromiseClock, due: number, now: number): PromiseView {
  if (now > due) return view('late', seconds(due, now), true);
  const riskFrom = instant(clock.at_risk_at);
  const isAtRisk = riskFrom === null ? clock.state === 'at_risk' : now >= riskFrom;
  return view(isAtRisk ? 'at_risk' : 'on_time', seconds(now, due), true);
}

function view(standing: PromiseStanding, left: number | null, isTicking = false): PromiseView {
  return { standing, ...LOOKS[standing], seconds: left, isTicking };
}

function instant(value: string | null | undefined): number | null {
  return value === null || value === undefined ? null : Date.parse(value);
}

function seconds(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from) / 1000));
}
