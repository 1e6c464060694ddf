// Planning the day: start a solve, watch it, read the difference, publish or put it aside.
// The board stays usable meanwhile; the solve works on a snapshot.
import type { Problem } from '../../lib/api/problem.ts';
import { problemOf } from '../failure.ts';
import type { BoardGateway, PlanWish } from '../gateway.ts';
import { Lines } from './lines.svelte.ts';
import type { Plan } from '../wire.ts';

const POLL_MS = 500;

export class PlanRun {
  #isOpen = $state(false);
  #timesAsked = $state(0);
  #plan = $state.raw<Plan | null>(null);
  #failure = $state.raw<Problem | null>(null);
  #isBusy = $state(false);

  readonly #gateway: BoardGateway;
  readonly #published: () => void;
  /** Which lines of the plan under review are wanted. */
  readonly lines = new Lines();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Which day is looked at; what was asked about one before is nobody's business any more. */
  #look = 0;

  constructor(gateway: BoardGateway, published: () => void) {
    this.#gateway = gateway;
    this.#published = published;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Counts how often somebody wanted to see the panel: asking again leads to it again. */
  get timesAsked(): number {
    return this.#timesAsked;
  }

  get plan(): Plan | null {
    return this.#plan;
  }

  get failure(): Problem | null {
    return this.#failure;
  }

  /** A command of ours is on its way; a running solve is not busy in this sense. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  get isRunning(): boolean {
    return this.#plan?.status === 'running';
  }

  get isReady(): boolean {
    return this.#plan?.status === 'ready';
  }

  /** Opens the panel and takes up a solve of this region's day that is still undecided. */
  async open(region: string, day: string): Promise<void> {
    this.#isOpen = true;
    this.#timesAsked += 1;
    await this.follow(region, day);
  }

  /** Turns to another day or region with the board. */
  async follow(region: string, day: string): Promise<void> {
    if (this.#plan !== null && !isOf(this.#plan, region, day)) this.forget();
    if (this.isRunning) return;
    if (this.isReady) return this.#poll();
    await this.#attempt(async () => {
      const latest = await this.#gateway.latestPlan(region, day);
      const isUndecided = latest?.status === 'running' || latest?.status === 'ready';
      return latest !== null && isUndecided && isOf(latest, region, day) ? latest : null;
    });
  }

  close(): void {
    this.#isOpen = false;
  }

  async start(wish: PlanWish): Promise<void> {
    await this.#attempt(() => this.#gateway.startPlan(wish));
  }

  /** Plans every region named, one after another; the one of this wish is the one to watch. */
  async startSeveral(regions: readonly string[], wish: PlanWish): Promise<void> {
    await this.#attempt(async () => {
      const { plans, busy } = await this.#gateway.startPlans(regions, wish);
      const ours = plans.find((one) => one.region_id === wish.region);
      const running = busy.find((one) => one.region_id === wish.region);
      if (ours) return ours;
      return running ? this.#gateway.plan(running.plan_id) : null;
    });
  }

  /** Carries out the lines named, or the whole plan. */
  async publish(lines: readonly string[] | null = null): Promise<void> {
    const plan = this.#plan;
    if (plan?.status !== 'ready') return;
    await this.#attempt(async () => {
      const published = await (lines === null
        ? this.#gateway.publishPlan(plan.id)
        : this.#gateway.publishPlanLines(plan.id, lines));
      this.#published();
      return published;
    });
  }

  /** Stops a running solve, or puts a finished one aside. */
  async discard(): Promise<void> {
    const plan = this.#plan;
    if (plan === null) return;
    await this.#attempt(() => this.#gateway.cancelPlan(plan.id));
  }

  /** Back to the form: for another try, or because another day is looked at. */
  forget(): void {
    this.#look += 1;
    clearTimeout(this.#timer);
    this.#plan = null;
    this.#failure = null;
  }

  /** The stream says a plan moved on; read it now rather than at the next poll. */
  async changed(): Promise<void> {
    if (this.isRunning || this.isReady) await this.#poll();
  }

  /** Somebody acted on the day: lines of a plan under review that no longer fit it show it soon. */
  dayChanged(): void {
    if (!this.isOpen || !this.isReady) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#poll(), POLL_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #take(plan: Plan): void {
    this.#plan = plan;
    this.lines.look(plan.id, plan.diff?.changes ?? []);
    clearTimeout(this.#timer);
    if (plan.status === 'running') this.#timer = setTimeout(() => void this.#poll(), POLL_MS);
  }

  async #poll(): Promise<void> {
    const plan = this.#plan;
    if (plan === null) return;
    clearTimeout(this.#timer);
    try {
      const now = await this.#gateway.plan(plan.id);
      // What was asked before it was published or put aside says less than what is known.
      if (this.#plan?.id !== plan.id || this.#plan.status !== plan.status) return;
      this.#failure = null;
      this.#take(now);
    } catch (error) {
      this.#failure = problemOf(error);
      if (this.#failure.isTransient) {
        this.#timer = setTimeout(() => void this.#poll(), POLL_MS * 6);
      }
    }
  }

  /** Takes the plan that a command answers with, if its day is still the one looked at. */
  async #attempt(command: () => Promise<Plan | null>): Promise<void> {
    const look = this.#look;
    this.#isBusy = true;
    this.#failure = null;
    try {
      const plan = await command();
      if (plan !== null && look === this.#look) this.#take(plan);
    } catch (error) {
      if (look === this.#look) this.#failure = problemOf(error);
    } finally {
      this.#isBusy = false;
    }
  }
}

function isOf(plan: Plan, region: string, day: string): boolean {
  return plan.region_id === region && plan.day === day;
}
