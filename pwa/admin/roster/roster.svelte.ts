// The roster of one region, a week at a time; every change reads it again.
import { Deed } from '../../lib/api/deed.svelte.ts';
import { Loaded } from '../loaded.svelte.ts';
import { addDays } from '../written.ts';
import type { Absence, Region, RosterGateway, Shift, Technician } from './gateway.ts';
import { daysFrom, mondayOf, spanOf } from './week.ts';

export interface Week {
  readonly region: Region | undefined;
  readonly technicians: readonly Technician[];
  readonly shifts: readonly Shift[];
  readonly absences: readonly Absence[];
  /** Asked for by technicians of this region and not decided. */
  readonly requests: readonly Absence[];
}

export class Roster {
  readonly regions: Loaded<Region[]>;
  readonly week: Loaded<Week>;
  readonly deed = new Deed();
  readonly gateway: RosterGateway;
  #region = $state('');
  #monday = $state('');

  constructor(gateway: RosterGateway, today: string) {
    this.gateway = gateway;
    this.#monday = mondayOf(today);
    this.regions = new Loaded(() => gateway.regions());
    this.week = new Loaded(() => this.#read());
  }

  get region(): string {
    return this.#region;
  }

  get monday(): string {
    return this.#monday;
  }

  get days(): string[] {
    return daysFrom(this.#monday);
  }

  get zone(): string {
    return this.week.value?.region?.zone ?? 'UTC';
  }

  nameOf(technician: string): string {
    return this.week.value?.technicians.find(({ id }) => id === technician)?.name ?? '';
  }

  async open(): Promise<void> {
    await this.regions.refresh();
    if (this.#region === '') this.#region = this.regions.value?.[0]?.id ?? '';
    await this.week.refresh();
  }

  async show(region: string): Promise<void> {
    this.#region = region;
    await this.week.refresh();
  }

  async move(weeks: number): Promise<void> {
    this.#monday = addDays(this.#monday, 7 * weeks);
    await this.week.refresh();
  }

  async go(day: string): Promise<void> {
    this.#monday = mondayOf(day);
    await this.week.refresh();
  }

  /** True when it was done; what stands now is read either way where somebody else was first. */
  async change(deed: (key: string) => Promise<unknown>): Promise<boolean> {
    const isDone = await this.deed.run(async (key) => void (await deed(key)));
    if (isDone || [404, 409, 412].includes(this.deed.problem?.status ?? 0)) await this.week.refresh();
    return isDone;
  }

  async #read(): Promise<Week> {
    const region = this.regions.value?.find(({ id }) => id === this.#region);
    if (region === undefined) return { region, technicians: [], shifts: [], absences: [], requests: [] };
    const span = spanOf(this.#monday, addDays(this.#monday, 6), region.zone);
    const [technicians, shifts, absences, requests] = await Promise.all([
      this.gateway.technicians(region.id),
      this.gateway.shifts(span),
      this.gateway.absences(span),
      this.gateway.requests(),
    ]);
    const here = new Set(technicians.map(({ id }) => id));
    return {
      region,
      technicians: technicians.filter(({ is_active }) => is_active),
      shifts,
      absences,
      requests: requests.filter(({ technician_id }) => here.has(technician_id)),
    };
  }
}
