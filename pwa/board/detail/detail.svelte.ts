// The selected intervention in full, and the commands the office gives about it.
// Follows the selection; a reload of the board reloads it without blinking.
import { Problem } from '../../lib/api/problem.ts';
import { problemOf } from '../failure.ts';
import type { BoardGateway, NewSeverity } from '../gateway.ts';
import type { Correction, Intervention, InterventionCommand, PauseBody, Visit, VisitCommand } from '../wire.ts';

export class Detail {
  #wanted = $state<string | null>(null);
  #intervention = $state.raw<Intervention | null>(null);
  #failure = $state.raw<Problem | null>(null);
  #refusal = $state.raw<Problem | null>(null);
  #isBusy = $state(false);
  #promise: { said: string; id: string } | null = null;

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

  async command(kind: InterventionCommand, reason = '', evidence = ''): Promise<void> {
    const intervention = this.#intervention;
    if (intervention === null) return;
    const { id, version } = intervention;
    await this.#attempt(async () => {
      const given = { kind, version, reason, evidence };
      this.#show(await this.#gateway.commandIntervention(id, given));
    });
  }

  /** Lets parts and goodwill come to this many euros, whatever their technician may decide alone. */
  async approveSpending(amount: string, reason: string): Promise<void> {
    const seen = this.#intervention;
    if (seen === null) return;
    await this.#attempt(async () => this.#show(await this.#gateway.approveSpending(seen, amount, reason)));
  }

  /** Promises the customer this many euros. What was not answered goes out as the same promise when tried again. */
  async promiseGoodwill(amount: string, reason: string): Promise<boolean> {
    const seen = this.#intervention;
    if (seen === null) return false;
    const said = [seen.id, amount, reason].join('\n');
    if (said !== this.#promise?.said) this.#promise = { said, id: crypto.randomUUID() };
    const { id } = this.#promise;
    const isDone = await this.#attempt(async () => this.#show(await this.#gateway.promiseGoodwill(seen, { id, amount, reason })));
    if (isDone) this.#promise = null;
    return isDone;
  }

  /** Takes back what the customer was promised, the whole of it. */
  async withdrawGoodwill(goodwill: string, reason: string): Promise<void> {
    const seen = this.#intervention;
    if (seen === null) return;
    await this.#attempt(async () => this.#show(await this.#gateway.withdrawGoodwill(seen, goodwill, reason)));
  }

  /** True when it holds now: the clocks have moved as the agreement says. */
  async changeSeverity(change: NewSeverity): Promise<boolean> {
    const seen = this.#intervention;
    if (seen === null) return false;
    return this.#attempt(async () => this.#show(await this.#gateway.changeSeverity(seen, change)));
  }

  /** True when it is about the right lift and service now. */
  async correct(what: Correction): Promise<boolean> {
    const seen = this.#intervention;
    if (seen === null) return false;
    return this.#attempt(async () => this.#show(await this.#gateway.correct(seen, what)));
  }

  async recordPause(body: PauseBody, key: string): Promise<boolean> {
    const id = this.#intervention?.id;
    if (id === undefined) return false;
    return this.#attempt(async () => this.#show(await this.#gateway.recordPause(id, body, key)));
  }

  async decidePause(pause: string, decision: 'approved' | 'refused'): Promise<void> {
    await this.#attempt(async () => this.#show(await this.#gateway.decidePause(pause, decision)));
  }

  forgive(): void {
    this.#refusal = null;
  }

  async commandVisit(visit: Visit, kind: VisitCommand, reason = '', evidence = ''): Promise<void> {
    const { id, version } = visit;
    await this.#attempt(async () => {
      const given = { kind, version, reason, evidence };
      const result = await this.#gateway.commandVisit(id, given);
      if (result.outcome === 'conflict' || result.outcome === 'rejected') {
        this.#refusal = new Problem({ ...result.facts, code: result.code }, 409);
      }
    });
  }

  #show(after: Intervention): void {
    if (after.id === this.#wanted) this.#intervention = after;
  }

  async #attempt(command: () => Promise<void>): Promise<boolean> {
    if (this.#isBusy) return false;
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
    return this.#refusal === null;
  }
}
