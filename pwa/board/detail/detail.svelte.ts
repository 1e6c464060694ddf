// The selected intervention in full, and the commands the office gives about it.
// Follows the selection; a reload of the board reloads it without blinking.
import { Problem } from '../../lib/api/problem.ts';
import { problemOf } from '../failure.ts';
import type { BoardGateway } from '../gateway.ts';
import type { Intervention, InterventionCommand, Visit, VisitCommand } from '../wire.ts';

export class Detail {
  #wanted = $state<string | null>(null);
  #intervention = $state.raw<Intervention | null>(null);
  #failure = $state.raw<Problem | null>(null);
  #refusal = $state.raw<Problem | null>(null);
  #isBusy = $state(false);

  readonly #gateway: BoardGateway;
  readonly #changed: () => void;

  constructor(gateway: BoardGateway, changed: () => void) {
    this.#gateway = gateway;
    this.#changed = changed;
  }

  get intervention(): Intervention | null {
    return this.#intervention;
  }

  get isEmpty(): boolean {
    return this.#wanted === null;
  }

  /** Why it could not be read; null while reading and when it was. */
  get failure(): Problem | null {
    return this.#failure;
  }

  /** Why the last command was not applied. */
  get refusal(): Problem | null {
    return this.#refusal;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  async show(id: string | null): Promise<void> {
    if (id === this.#wanted) return;
    this.#wanted = id;
    this.#intervention = this.#failure = this.#refusal = null;
    await this.refresh();
  }

  async refresh(): Promise<void> {
    const wanted = this.#wanted;
    if (wanted === null) return;
    try {
      const read = await this.#gateway.intervention(wanted);
      if (wanted !== this.#wanted) return;
      this.#intervention = read;
      this.#failure = null;
    } catch (error) {
      if (wanted === this.#wanted) this.#failure = problemOf(error);
    }
  }

  async command(kind: InterventionCommand, reason = ''): Promise<void> {
    const intervention = this.#intervention;
    if (intervention === null) return;
    const { id, version } = intervention;
    await this.#attempt(async () => {
      const after = await this.#gateway.commandIntervention(id, { kind, version, reason });
      if (after.id === this.#wanted) this.#intervention = after;
    });
  }

  async commandVisit(visit: Visit, kind: VisitCommand, reason = ''): Promise<void> {
    const { id, version } = visit;
    await this.#attempt(async () => {
      const result = await this.#gateway.commandVisit(id, { kind, version, reason });
      if (result.outcome === 'conflict' || result.outcome === 'rejected') {
        this.#refusal = new Problem({ ...result.facts, code: result.code }, 409);
      }
    });
  }

  async #attempt(command: () => Promise<void>): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#refusal = null;
    try {
      await command();
    } catch (error) {
      this.#refusal = problemOf(error);
    } finally {
      this.#isBusy = false;
    }
    await this.refresh();
    this.#changed();
  }
}
