// Writing down the hours of a new calendar.
import { Deed } from '../../lib/api/deed.svelte.ts';
import { requireSaid } from '../faults.ts';
import type { Calendar, CalendarBody, CalendarsGateway } from './gateway.ts';
import { windowsOf } from './hours.ts';

const WEEKDAYS = ['0', '1', '2', '3', '4', '5', '6'] as const;
const WORKING_DAY = '08:00–17:00';

export class NewCalendar {
  code = $state('');
  name = $state('');
  zone = $state('');
  isAlwaysOpen = $state(false);
  /** Hours by weekday, Monday first, as typed. */
  hours = $state<string[]>([...Array<string>(5).fill(WORKING_DAY), '', '']);
  readonly deed = new Deed();
  #isTried = $state(false);
  readonly #gateway: CalendarsGateway;

  constructor(gateway: CalendarsGateway, zone: string) {
    this.#gateway = gateway;
    this.zone = zone;
  }

  /** Weekdays whose hours cannot be read; said once saving was tried. */
  get unreadable(): readonly number[] {
    if (!this.#isTried || this.isAlwaysOpen) return [];
    return this.hours.flatMap((text, day) => (windowsOf(text) === undefined ? [day] : []));
  }

  async save(): Promise<Calendar | undefined> {
    this.#isTried = true;
    if (this.unreadable.length > 0) return undefined;
    let saved: Calendar | undefined;
    await this.deed.run(async (key) => {
      requireSaid({ name: this.name, code: this.code, zone: this.zone });
      saved = await this.#gateway.create(this.#body(), key);
    });
    return saved;
  }

  #body(): CalendarBody {
    const weekly = WEEKDAYS.map((day, index) => [day, windowsOf(this.hours[index]!) ?? []] as const);
    return {
      code: this.code.trim(),
      name: this.name.trim(),
      zone: this.zone.trim(),
      always_open: this.isAlwaysOpen,
      weekly: this.isAlwaysOpen
        ? {}
        : Object.fromEntries(weekly.filter(([, windows]) => windows.length > 0)),
      special: {},
      holidays: [],
    };
  }
}
