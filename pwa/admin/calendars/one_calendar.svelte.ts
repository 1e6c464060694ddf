// One calendar: its hours, its revisions, and changing its days with a reason.
import { Deed } from '../../lib/api/deed.svelte.ts';
import { requireSaid } from '../faults.ts';
import { Loaded } from '../loaded.svelte.ts';
import type { Calendar, CalendarChange, CalendarsGateway, Revision } from './gateway.ts';
import { windowsOf } from './hours.ts';

export class OneCalendar {
  readonly loaded: Loaded<Calendar>;
  readonly revisions: Loaded<Revision[]>;
  readonly deed = new Deed();
  readonly #gateway: CalendarsGateway;

  constructor(gateway: CalendarsGateway, id: string) {
    this.#gateway = gateway;
    this.loaded = new Loaded(() => gateway.calendar(id));
    this.revisions = new Loaded(() => gateway.revisions(id));
  }

  get calendar(): Calendar | undefined {
    return this.loaded.value;
  }

  async refresh(): Promise<void> {
    await Promise.all([this.loaded.refresh(), this.revisions.refresh()]);
  }

  /** Takes these days as holidays beside those that stand. */
  async addHolidays(days: readonly string[], reason: string): Promise<boolean> {
    const holidays = [...new Set([...(this.calendar?.holidays ?? []), ...days])].sort();
    return this.change({ holidays, reason });
  }

  async removeHoliday(day: string, reason: string): Promise<boolean> {
    const holidays = (this.calendar?.holidays ?? []).filter((each) => each !== day);
    return this.change({ holidays, reason });
  }

  /** A day with hours of its own; no hours close it. False also when the hours cannot be read. */
  async setSpecial(day: string, hours: string, reason: string): Promise<boolean> {
    const windows = windowsOf(hours);
    if (windows === undefined) return false;
    return this.change({ special: { ...this.calendar?.special, [day]: windows }, reason });
  }

  async removeSpecial(day: string, reason: string): Promise<boolean> {
    const { [day]: _gone, ...special } = this.calendar?.special ?? {};
    return this.change({ special, reason });
  }

  async change(body: CalendarChange): Promise<boolean> {
    const { calendar } = this;
    if (calendar === undefined) return false;
    const isDone = await this.deed.run(async () => {
      requireSaid({ reason: body.reason });
      await this.#gateway.change(calendar, { ...body, reason: body.reason.trim() });
    });
    if (isDone || this.deed.problem?.status === 412) await this.refresh();
    return isDone;
  }
}
