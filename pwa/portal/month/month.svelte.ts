// One month of a manager's company, and which month that is.

import { Problem } from '../../lib/api/index.ts';
import type { Face } from '../../lib/ui/Faces.svelte';
import { faceOf } from '../../lib/ui/problems.ts';
import type { Month } from '../wire.ts';

/** Months to choose from: a year back. */
const CHOICES = 12;

export type Ask = (month: string) => Promise<Month>;

export class MonthReport {
  #ask: Ask;
  #month = $state('');
  #answer = $state.raw<Month>();
  #problem = $state.raw<Problem>();

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** As `2026-06`; empty before one was opened. */
  get month(): string {
    return this.#month;
  }

  get value(): Month | undefined {
    return this.#answer;
  }

  get face(): Face {
    if (this.#answer) return 'ready';
    return this.#problem ? faceOf(this.#problem) : 'loading';
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Another month is empty until its own answer is there; a late answer to an earlier one is dropped. */
  async open(month: string): Promise<void> {
    if (month !== this.#month) this.#answer = undefined;
    this.#month = month;
    try {
      const answer = await this.#ask(month);
      if (this.#month !== month) return;
      this.#answer = answer;
      this.#problem = undefined;
    } catch (error) {
      if (this.#month === month) this.#problem = Problem.from(error);
    }
  }
}

/** The month before the one a day (`2026-06-02`) lies in: the last that is whole. */
export function lastWhole(day: string): string {
  return back(day.slice(0, 7), 1);
}

/** From the month of a day back, the newest first. */
export function choices(day: string): string[] {
  return Array.from({ length: CHOICES }, (_, months) => back(day.slice(0, 7), months));
}

export function isMonth(text: string | undefined): text is string {
  return text !== undefined && /^2\d{3}-(0[1-9]|1[0-2])$/.test(text);
}

function back(month: string, months: number): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() - months);
  return at.toISOString().slice(0, 7);
}
