// What belongs to the selected intervention: duplicates, ties, and what is likely the same trouble.
// Which of two reports goes on is proposed here; whether it may is the server's word.
import type { Problem } from '../../lib/api/problem.ts';
import { problemOf } from '../failure.ts';
import type { BoardGateway } from '../gateway.ts';
import type { Related, RelatedReport } from '../wire.ts';

type Gateway = Pick<BoardGateway, 'related' | 'merge' | 'separate' | 'tie' | 'untie'>;
type Report = Pick<RelatedReport, 'id' | 'status' | 'reported_at' | 'version'>;

/** Somebody goes there already, or was there: that one goes on, whichever came first. */
const WITH_A_VISIT: ReadonlySet<string> = new Set(['scheduled', 'in_progress', 'completed']);

/** The report that ends and the one that goes on: the later one ends, unless somebody goes to it. */
export function roles<R extends Report>(one: R, other: R): { ends: R; goesOn: R } {
  const isVisited = (report: R) => WITH_A_VISIT.has(report.status);
  if (isVisited(one) !== isVisited(other)) {
    return isVisited(one) ? { ends: other, goesOn: one } : { ends: one, goesOn: other };
  }
  const isLater = Date.parse(one.reported_at) > Date.parse(other.reported_at);
  return isLater ? { ends: one, goesOn: other } : { ends: other, goesOn: one };
}

export class RelatedReports {
  #wanted = '';
  #read = $state.raw<Related | null>(null);
  #refusal = $state.raw<Problem | null>(null);
  #isBusy = $state(false);
  readonly #gateway: Gateway;

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  get all(): Related | null {
    return this.#read;
  }

  get refusal(): Problem | null {
    return this.#refusal;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  async show(id: string): Promise<void> {
    if (id !== this.#wanted) this.#read = this.#refusal = null;
    this.#wanted = id;
    try {
      const read = await this.#gateway.related(id);
      if (id === this.#wanted) this.#read = read;
    } catch (error) {
      // Help, not the work itself: what cannot be read is left out, a refusal stays on screen.
      problemOf(error);
    }
  }

  /** Makes one of the two; gives the id of what goes on, or null where it was refused. */
  async merge(one: Report, other: Report): Promise<string | null> {
    const { ends, goesOn } = roles(one, other);
    const isDone = await this.#attempt(() => this.#gateway.merge(ends.id, goesOn.id, ends.version));
    return isDone ? goesOn.id : null;
  }

  async separate(report: Report): Promise<boolean> {
    return this.#attempt(() => this.#gateway.separate(report.id, report.version));
  }

  async tie(one: string, other: string): Promise<boolean> {
    return this.#attempt(() => this.#gateway.tie(one, other));
  }

  async untie(one: string, other: string): Promise<boolean> {
    return this.#attempt(() => this.#gateway.untie(one, other));
  }

  async #attempt(deed: () => Promise<Related>): Promise<boolean> {
    if (this.#isBusy) return false;
    this.#isBusy = true;
    this.#refusal = null;
    try {
      await deed();
    } catch (error) {
      this.#refusal = problemOf(error);
    } finally {
      this.#isBusy = false;
    }
    if (this.#wanted !== '') await this.show(this.#wanted);
    return this.#refusal === null;
  }
}
