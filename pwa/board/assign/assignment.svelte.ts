// Sending somebody: candidates are read, one is chosen, its bill is seen, then it is done.
// The server ranks and prices; here only the dialogue is kept.
import { clock } from '../../lib/api/index.ts';
import { Problem } from '../../lib/api/problem.ts';
import { problemOf } from '../failure.ts';
import type { BoardGateway } from '../gateway.ts';
import type { Candidate, Candidates, Drop, Intervention, Move, Visit } from '../wire.ts';

/** What of a bill can be refused: a visit that would move or go back to the queue. */
export type Line = Pick<Move | Drop, 'visit_id' | 'number' | 'site_name' | 'severity'>;

export type Step = 'closed' | 'reading' | 'choosing' | 'bill' | 'saving' | 'failed';

export class Assignment {
  #step = $state<Step>('closed');
  #intervention = $state.raw<Intervention | null>(null);
  #answer = $state.raw<Candidates | null>(null);
  #chosen = $state.raw<Candidate | null>(null);
  #failure = $state.raw<Problem | null>(null);
  #hasChanged = $state(false);
  #place = $state(0);
  #openedAt = $state(0);
  #staying = $state.raw<readonly Line[]>([]);
  #isAsking = $state(false);

  readonly #gateway: BoardGateway;
  readonly #assigned: (visit: Visit) => void;
  #key = '';

  constructor(gateway: BoardGateway, assigned: (visit: Visit) => void) {
    this.#gateway = gateway;
    this.#assigned = assigned;
  }

  get step(): Step {
    return this.#step;
  }

  get intervention(): Intervention | null {
    return this.#intervention;
  }

  get answer(): Candidates | null {
    return this.#answer;
  }

  /** The candidate under the keyboard, by place in the ranking. */
  get place(): number {
    return this.#place;
  }

  get chosen(): Candidate | null {
    return this.#chosen;
  }

  get failure(): Problem | null {
    return this.#failure;
  }

  /** The day changed while the dispatcher was deciding; the ranking on screen is a new one. */
  get hasChanged(): boolean {
    return this.#hasChanged;
  }

  /** Lines of a bill that were refused: these visits stay as they are. */
  get staying(): readonly Line[] {
    return this.#staying;
  }

  /** The bill is being made out anew after a line was refused or taken back. */
  get isAsking(): boolean {
    return this.#isAsking;
  }

  /** When the dialogue began, milliseconds by the server's clock. */
  get openedAt(): number {
    return this.#openedAt;
  }

  async open(intervention: Intervention): Promise<void> {
    this.#openedAt = clock.now().getTime();
    this.#intervention = intervention;
    this.#staying = [];
    this.#hasChanged = false;
    this.#chosen = null;
    await this.#readCandidates();
  }

  close(): void {
    this.#step = 'closed';
    this.#intervention = null;
  }

  move(step: 1 | -1): void {
    const last = (this.#answer?.candidates.length ?? 0) - 1;
    this.#place = Math.max(0, Math.min(last, this.#place + step));
  }

  /** Shows what choosing this candidate would displace; nothing is written yet. */
  choose(place: number): void {
    const candidate = this.#answer?.candidates[place];
    if (candidate === undefined) return;
    this.#place = place;
    this.#chosen = candidate;
    this.#key = crypto.randomUUID();
    this.#failure = null;
    this.#step = 'bill';
  }

  back(): void {
    this.#chosen = null;
    this.#failure = null;
    this.#step = 'choosing';
  }

  async retry(): Promise<void> {
    await this.#readCandidates();
  }

  /** Not this visit: who could go is asked again, and this technician's bill if they still can. */
  async refuse(line: Line): Promise<void> {
    await this.#askAgain([...this.#staying, line]);
  }

  /** This visit may move after all. */
  async allow(line: Line): Promise<void> {
    await this.#askAgain(this.#staying.filter((one) => one.visit_id !== line.visit_id));
  }

  async confirm(tellNow: boolean, lockTechnician: boolean): Promise<void> {
    const [intervention, chosen] = [this.#intervention, this.#chosen];
    if (this.#step !== 'bill' || intervention === null || chosen === null) return;
    this.#step = 'saving';
    const choice = {
      technician: chosen.technician_id,
      basis: chosen.basis,
      tellNow,
      lockTechnician,
      staying: this.#stayingIds,
    };
    try {
      const visit = await this.#gateway.assign(intervention.id, choice, this.#key);
      this.close();
      this.#assigned(visit);
    } catch (error) {
      await this.#refused(error);
    }
  }

  get #stayingIds(): string[] {
    return this.#staying.map((one) => one.visit_id);
  }

  async #askAgain(staying: readonly Line[]): Promise<void> {
    const [intervention, before] = [this.#intervention, this.#chosen];
    if (intervention === null || this.#isAsking || this.#step === 'saving') return;
    this.#isAsking = true;
    this.#failure = null;
    try {
      const ids = staying.map((one) => one.visit_id);
      const answer = await this.#gateway.candidates(intervention.id, ids);
      if (intervention !== this.#intervention) return;
      this.#staying = staying;
      this.#answer = answer;
      const place = answer.candidates.findIndex((one) => one.technician_id === before?.technician_id);
      if (before !== null && place >= 0) this.choose(place);
      else {
        this.#chosen = null;
        this.#place = 0;
        this.#step = 'choosing';
      }
    } catch (error) {
      if (intervention === this.#intervention) this.#failure = problemOf(error);
    } finally {
      this.#isAsking = false;
    }
  }

  async #refused(error: unknown): Promise<void> {
    if (error instanceof Problem && OUTDATED.has(error.code)) {
      this.#hasChanged = true;
      this.#chosen = null;
      await this.#readCandidates();
      return;
    }
    this.#failure = problemOf(error);
    this.#step = 'bill';
  }

  async #readCandidates(): Promise<void> {
    const intervention = this.#intervention;
    if (intervention === null) return;
    this.#step = 'reading';
    this.#answer = null;
    this.#failure = null;
    this.#place = 0;
    try {
      const answer = await this.#gateway.candidates(intervention.id, this.#stayingIds);
      if (intervention !== this.#intervention) return;
      this.#answer = answer;
      this.#step = 'choosing';
    } catch (error) {
      if (intervention !== this.#intervention) return;
      this.#failure = problemOf(error);
      this.#step = 'failed';
    }
  }
}

/** Refusals that mean 'decide again on the new facts'. */
const OUTDATED: ReadonlySet<string> = new Set(['candidate_changed', 'double_booked']);
