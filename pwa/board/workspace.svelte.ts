// The board as a whole: what is looked at, what is known of it, which dialogue is open.
// Each part keeps its own state; only what ties parts together is here.
import { getContext, setContext } from 'svelte';
import type { Change } from '../lib/api/index.ts';
import { dateTime, day, isSameDay, type Moment, skillWord, time, timeRange, wordFor } from '../lib/i18n/index.ts';
import { Acts, isMovable, type Shown } from './act/acts.svelte.ts';
import { Surface } from './act/surface.ts';
import { Address, type HashPort, type Panel } from './address.svelte.ts';
import { Assignment } from './assign/assignment.svelte.ts';
import { DayBoard } from './board.svelte.ts';
import { dayAfter, dayIn } from './day.ts';
import { Detail } from './detail/detail.svelte.ts';
import type { BoardGateway } from './gateway.ts';
import { Looking } from './presence/looking.svelte.ts';
import { RecentChanges } from './presence/recent.svelte.ts';
import { PlanRun } from './plan/plan_run.svelte.ts';
import { riskFrom, risks } from './queue/risks.ts';
import { CallReport } from './report/call_report.svelte.ts';
import { callPasses, rowPasses } from './views/filtering.ts';
import { grouped } from './views/grouping.ts';
import type { Days, Look } from './views/look.ts';
import type { Absence, BoardVisit, Intervention, Technician, Visit } from './wire.ts';

export interface Surroundings {
  readonly gateway: BoardGateway;
  readonly hash: HashPort;
  /** Milliseconds, by the server's clock. */
  readonly now: () => number;
  /** Who looks at this page. */
  readonly self: () => string;
  /** Tells the dispatcher what was done, in passing. */
  readonly assigned: (visit: Visit) => void;
}

export class Workspace {
  isExplaining = $state(false);

  readonly gateway: BoardGateway;
  readonly address: Address;
  readonly day: DayBoard;
  readonly detail: Detail;
  readonly assignment: Assignment;
  readonly report: CallReport;
  readonly plan: PlanRun;
  readonly looking: Looking;
  readonly recent: RecentChanges;
  readonly acts: Acts;
  /** Where the timeline draws what; for whatever is moved over it. */
  readonly surface = new Surface();
  readonly #now: () => number;

  readonly queue = $derived.by(() => {
    const [look, now] = [this.address.look, this.#now()];
    return this.day.queue.filter((one) => callPasses(one, look, now));
  });
  readonly groups = $derived.by(() => {
    const [look, now] = [this.address.look, this.#now()];
    const rows = this.day.technicians.filter((one) => rowPasses(one, look, now));
    return grouped(rows, look.grouping, skillWord);
  });
  /** The rows of the timeline, those of groups that are folded away included. */
  readonly technicians = $derived.by(() => this.groups.flatMap((group) => group.technicians));

  constructor({ gateway, hash, now, self, assigned }: Surroundings) {
    this.#now = now;
    this.gateway = gateway;
    this.address = new Address(hash);
    this.looking = new Looking(gateway);
    this.recent = new RecentChanges(self);
    this.day = new DayBoard(gateway, now);
    this.detail = new Detail(gateway, () => void this.day.refresh());
    this.plan = new PlanRun(gateway, () => void this.day.refresh());
    this.acts = new Acts(gateway, () => this.#shown(), () => this.#readAgain(), () => this.#seen());
    this.assignment = new Assignment(gateway, (visit) => {
      assigned(visit);
      void this.#show(visit.intervention_id, visit.id);
    });
    this.report = new CallReport(gateway, (intervention) => {
      void this.assignment.open(intervention);
      void this.#showCall(intervention);
    });
  }

  get moment(): number {
    return this.#now();
  }

  get zone(): string {
    return this.day.board?.zone ?? 'UTC';
  }

  /** `14:05` on the one day that is looked at; among several, and on any other day, it is named. */
  timeOf(at: Moment): string {
    return this.#isOfTheDay(at) ? time(at, this.zone) : dateTime(at, this.zone);
  }

  /** `14:05–14:25`, with its day where a time alone would not say which. */
  rangeOf(from: Moment, to: Moment): string {
    const written = timeRange(from, to, this.zone);
    return this.#isOfTheDay(from) ? written : `${day(from, this.zone)} ${written}`;
  }

  /** `sick 10:30–19:00` */
  absenceText({ kind, starts_at: from, ends_at: to }: Absence): string {
    return `${wordFor('board.timeline.absence', kind ?? 'away')} ${this.rangeOf(from, to)}`;
  }

  /** Why somebody is not there in that time; null where nothing is known of it. */
  absentIn(technician: string, from: number, to: number): string | null {
    const overlaps = (one: Absence) => Date.parse(one.starts_at) < to && from < Date.parse(one.ends_at);
    const absence = this.technicianNamed(technician)?.absences.find(overlaps);
    return absence ? this.absenceText(absence) : null;
  }

  #isOfTheDay(at: Moment): boolean {
    const looked = this.day.board?.day_starts_at ?? at;
    return this.address.look.days === 1 && isSameDay(at, looked, this.zone);
  }

  /** The region's date now, or null before its zone is known. */
  get today(): string | null {
    return this.day.board === null ? null : dayIn(this.zone, this.#now());
  }

  get search(): string {
    return this.address.look.query;
  }

  set search(query: string) {
    this.address.lookAt({ query });
  }

  get selectedVisit(): string | null {
    return this.address.selection?.visit ?? null;
  }

  async start(): Promise<void> {
    const { region, day, look } = this.address;
    await this.day.start(region, day, look.days, this.address.at);
    await this.detail.show(this.address.selection?.intervention ?? null);
  }

  async goToRegion(region: string): Promise<void> {
    this.address.goToRegion(region);
    await this.#turnTo(region);
  }

  /** Days from the one on screen; 0 goes to the region's today. */
  async goToDay(steps: number): Promise<void> {
    const { region } = this.day;
    const shown = this.day.board?.day ?? this.address.day;
    if (region === null || shown === null) return;
    this.address.goToDay(steps === 0 ? null : dayAfter(shown, steps));
    await this.#turnTo(region);
  }

  /** From the day on screen on. */
  async showDays(days: Days): Promise<void> {
    const { region } = this.day;
    this.address.lookAt({ days, width: null });
    if (region !== null) await this.#turnTo(region);
  }

  /** As a view that was kept looks. */
  async lookAs(look: Look): Promise<void> {
    const { days } = this.address.look;
    this.address.lookAt(look);
    const { region } = this.day;
    if (region !== null && look.days !== days) await this.#turnTo(region);
  }

  /** To the day of the address. A plan under review belongs to the day it was made for. */
  async #turnTo(region: string): Promise<void> {
    void this.detail.show(null);
    this.plan.forget();
    if (this.address.at !== null) this.address.lookBack(null);
    await this.day.open(region, this.address.day, this.address.look.days);
    const shown = this.day.board;
    if (this.plan.isOpen && shown !== null) await this.plan.follow(shown.region_id, shown.day);
  }

  /** What stands below the timeline: one thing at a time. */
  openPanel(panel: Panel): void {
    this.plan.close();
    this.address.open(panel);
  }

  /** Searches anew where what is picked goes best, with everything else as it stands. */
  async replanPicked(): Promise<void> {
    const { board } = this.day;
    const only = [...this.acts.picked];
    if (board === null || only.length === 0) return;
    const { region_id: region, day } = board;
    await this.plan.open(region, day);
    if (!this.plan.isRunning) await this.plan.start({ region, day, seconds: 5, changeBudget: null, only });
  }

  /** Looks at the day again: today from an hour ago, a day before from ten in the morning. */
  replay(): void {
    const { board } = this.day;
    if (board === null || this.address.at !== null) return;
    const [begins, now] = [Date.parse(board.day_starts_at), this.#now()];
    if (begins > now) return;
    const from = board.day === this.today ? now - 3_600_000 : begins + 10 * 3_600_000;
    void this.lookBack(new Date(Math.max(begins, from)).toISOString());
  }

  /** Shows the day as it stood at an instant; null is the present again. */
  async lookBack(at: string | null): Promise<void> {
    this.address.lookBack(at);
    await this.day.lookAt(at);
  }

  select(intervention: string, visit: string | null = null): void {
    this.address.select(intervention, visit);
    if (this.address.pane === 'none') this.address.show('detail');
    void this.detail.show(intervention);
  }

  selectBar(entry: BoardVisit): void {
    this.select(entry.visit.intervention_id, entry.visit.id);
  }

  /** Along what is at risk with J and K: what waits and what is planned too late, soonest first. */
  step(by: 1 | -1): void {
    const all = risks(this.queue, this.technicians, this.#now());
    const next = riskFrom(all, this.address.selection?.intervention ?? null, by);
    if (next) this.select(next.intervention, next.visit);
  }

  /** The selected intervention, when somebody can still be sent to it. */
  get assignable(): Intervention | null {
    const id = this.address.selection?.intervention;
    return this.day.queue.find((one) => one.id === id) ?? null;
  }

  /** A piece of work by its site and number, or by its number where the board does not show it. */
  nameOf(work: string): string {
    const waiting = this.day.queue.find((one) => one.number === work)?.site.name;
    const booked = this.day.technicians
      .flatMap((one) => one.visits)
      .find((entry) => entry.number === work)?.site_name;
    const site = waiting ?? booked;
    return site === undefined ? work : `${site} (${work})`;
  }

  callNamed(id: string): Intervention | null {
    return this.day.queue.find((one) => one.id === id) ?? null;
  }

  /** Everything that passes the filter and may be acted on. */
  get pickable(): string[] {
    const booked = this.technicians.flatMap((one) => one.visits.filter(isMovable));
    return [...this.queue.map((one) => one.id), ...booked.map((one) => one.visit.intervention_id)];
  }

  #shown(): Shown {
    const entries = this.day.technicians.flatMap((one) => one.visits);
    const { region, board, queue } = this.day;
    return { region, day: board?.day ?? null, zone: this.zone, queue, entries };
  }

  /** Whose rows are in view, where not all of them are. */
  #seen(): readonly string[] {
    const seen = this.surface.inView();
    return seen.length < this.technicians.length ? seen : [];
  }

  async #readAgain(): Promise<void> {
    await this.day.refresh();
    void this.detail.refresh();
  }

  technicianNamed(id: string): Technician | null {
    return this.day.technicians.find((one) => one.id === id) ?? null;
  }

  /** Something happened somewhere; what is on screen follows within a moment. */
  heard(change: Change): void {
    const { intervention_id: about, region_id: region, technician_id: technician } = change;
    // What is open may be of another region than the day on screen.
    if (about !== null && about === this.address.selection?.intervention) void this.detail.refresh();
    const shown = this.day.board?.region_id;
    const isElsewhere = region !== null && region !== shown;
    const isOurs = technician !== null && this.technicianNamed(technician) !== null;
    if (shown !== undefined && isElsewhere && !isOurs) return;
    this.recent.heard(change);
    if (change.kind.startsWith('plan_')) void this.plan.changed();
    else this.plan.dayChanged();
    this.day.changed();
    if (about === null) void this.detail.refresh();
  }

  /** Something may have happened: read again. */
  missed(): void {
    this.day.changed();
    void this.detail.refresh();
  }

  stop(): void {
    this.day.stop();
    this.plan.stop();
    this.looking.leave();
  }

  /** A call from another region takes the board there. */
  async #showCall({ id, region_id: region }: Intervention): Promise<void> {
    if (region !== this.day.region) await this.goToRegion(region);
    await this.#show(id);
  }

  async #show(intervention: string, visit: string | null = null): Promise<void> {
    await this.day.refresh();
    this.address.select(intervention, visit);
    await this.detail.show(intervention);
    await this.detail.refresh();
  }
}

const KEY = Symbol('workspace');

export function provide(workspace: Workspace): Workspace {
  return setContext(KEY, workspace);
}

export function useWorkspace(): Workspace {
  return getContext<Workspace>(KEY);
}
