// The days a report is about, both included, with the choices people usually make.
import { clock } from '../../lib/api/index.ts';
import { addMonths, monthIn } from '../months.ts';
import { addDays, dayIn } from '../written.ts';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export class Period {
  readonly today = dayIn(clock.now(), zone);
  #thisMonth = monthIn(clock.now(), zone);
  from = $state(addDays(this.today, -27));
  to = $state(this.today);

  get isSound(): boolean {
    return this.from !== '' && this.to !== '' && this.from <= this.to;
  }

  /** As the server is asked: the last day is the first after them. */
  get days(): { from_day: string; to_day: string } {
    return { from_day: this.from, to_day: addDays(this.to, 1) };
  }

  lastWeeks(weeks: number): void {
    this.from = addDays(this.today, 1 - 7 * weeks);
    this.to = this.today;
  }

  lastMonth(): void {
    this.from = `${addMonths(this.#thisMonth, -1)}-01`;
    this.to = addDays(`${this.#thisMonth}-01`, -1);
  }
}
