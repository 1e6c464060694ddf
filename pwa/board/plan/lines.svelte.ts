// Which lines of a plan are to be carried out: all of them until some are left.
// A line that takes another's time goes with it; leaving that one leaves it as well.
import { SvelteSet } from 'svelte/reactivity';
import type { PlanChange } from '../wire.ts';

type Line = Pick<PlanChange, 'intervention_id' | 'needs'>;

export class Lines {
  readonly #left = new SvelteSet<string>();
  #plan = '';
  #all: readonly Line[] = [];

  /** Another plan's lines are all taken again; the same plan's stay as they were chosen. */
  look(plan: string, lines: readonly Line[]): void {
    if (plan !== this.#plan) this.#left.clear();
    this.#plan = plan;
    this.#all = lines;
  }

  isTaken(line: string): boolean {
    return !this.#left.has(line);
  }

  /** The lines to carry out; null where that is all of them. */
  get taken(): readonly string[] | null {
    if (this.#left.size === 0) return null;
    return this.#all.map((one) => one.intervention_id).filter((id) => this.isTaken(id));
  }

  toggle(line: string): void {
    if (this.isTaken(line)) for (const id of this.#whoNeed(line)) this.#left.add(id);
    else for (const id of this.#neededBy(line)) this.#left.delete(id);
  }

  toggleAll(): void {
    if (this.#left.size > 0) this.#left.clear();
    else for (const one of this.#all) this.#left.add(one.intervention_id);
  }

  #neededBy(line: string): Set<string> {
    const needs = new Map(this.#all.map((one) => [one.intervention_id, one.needs ?? []]));
    return reached(line, (id) => needs.get(id) ?? []);
  }

  #whoNeed(line: string): Set<string> {
    const needing = (id: string) => this.#all.filter((one) => one.needs?.includes(id));
    return reached(line, (id) => needing(id).map((one) => one.intervention_id));
  }
}

function reached(from: string, next: (id: string) => readonly string[]): Set<string> {
  const found = new Set([from]);
  for (const id of found) for (const each of next(id)) found.add(each);
  return found;
}
