// The goals a region's days are planned by: read, changed in a draft, kept if nobody was quicker.
import type { Problem } from '../../lib/api/problem.ts';
import { problemOf } from '../failure.ts';
import type { BoardGateway } from '../gateway.ts';
import type { Goal, PlanningPolicy } from '../wire.ts';

/** Weights are seconds of driving; people think in minutes. A rate stays as it is. */
const MINUTE = 60;

export class Policy {
  reason = $state('');
  #policy = $state.raw<PlanningPolicy | null>(null);
  #draft = $state.raw<Readonly<Record<string, number>>>({});
  #failure = $state.raw<Problem | null>(null);
  #isBusy = $state(false);
  #isSaved = $state(false);
  readonly #gateway: Pick<BoardGateway, 'planningPolicy' | 'changePolicy'>;

  constructor(gateway: Pick<BoardGateway, 'planningPolicy' | 'changePolicy'>) {
    this.#gateway = gateway;
  }

  get policy(): PlanningPolicy | null {
    return this.#policy;
  }

  get failure(): Problem | null {
    return this.#failure;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Whether what is on screen was kept a moment ago. */
  get isSaved(): boolean {
    return this.#isSaved;
  }

  get isChanged(): boolean {
    return this.#policy?.goals.some((goal) => this.value(goal) !== goal.value) ?? false;
  }

  get isUsual(): boolean {
    return this.#policy?.goals.every((goal) => this.value(goal) === goal.usual) ?? true;
  }

  value(goal: Goal): number {
    return this.#draft[goal.name] ?? goal.value;
  }

  /** As it is typed and read: minutes of driving, or a rate. */
  shown(goal: Goal, value = this.value(goal)): number {
    return goal.is_rate ? value : Math.round(value / MINUTE);
  }

  limits(goal: Goal): { readonly min: number; readonly max: number } {
    return { min: this.shown(goal, goal.least), max: this.shown(goal, goal.most) };
  }

  set(goal: Goal, shown: number): void {
    if (!Number.isFinite(shown)) return;
    this.#isSaved = false;
    const value = Math.round(shown * (goal.is_rate ? 1 : MINUTE));
    this.#draft = { ...this.#draft, [goal.name]: Math.min(goal.most, Math.max(goal.least, value)) };
  }

  toUsual(): void {
    this.#isSaved = false;
    this.#draft = Object.fromEntries(this.#policy?.goals.map((goal) => [goal.name, goal.usual]) ?? []);
  }

  async read(region: string): Promise<void> {
    await this.#take(() => this.#gateway.planningPolicy(region));
  }

  async save(): Promise<void> {
    const policy = this.#policy;
    if (policy === null) return;
    const chosen = policy.goals.filter((goal) => this.value(goal) !== goal.usual);
    const goals = Object.fromEntries(chosen.map((goal) => [goal.name, this.value(goal)]));
    this.#isBusy = true;
    this.#isSaved = await this.#take(() =>
      this.#gateway.changePolicy(policy, { goals, reason: this.reason }),
    );
    this.#isBusy = false;
    if (this.#isSaved) this.reason = '';
  }

  async #take(command: () => Promise<PlanningPolicy>): Promise<boolean> {
    try {
      this.#policy = await command();
      this.#draft = {};
      this.#failure = null;
      return true;
    } catch (error) {
      this.#failure = problemOf(error);
      return false;
    }
  }
}
