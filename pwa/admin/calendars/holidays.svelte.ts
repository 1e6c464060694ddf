// Choosing public holidays out of a proposal; whoever keeps the calendar decides.
import { Deed } from '../../lib/api/deed.svelte.ts';
import type { CalendarsGateway, Holiday } from './gateway.ts';

export class HolidayChoice {
  country = $state('');
  subdivision = $state('');
  year = $state('');
  readonly deed = new Deed();
  #proposed = $state.raw<readonly Holiday[]>();
  #chosen = $state.raw<ReadonlySet<string>>(new Set());
  readonly #gateway: CalendarsGateway;

  constructor(gateway: CalendarsGateway, year: string) {
    this.#gateway = gateway;
    this.year = year;
  }

  /** Undefined until somebody asked. */
  get proposed(): readonly Holiday[] | undefined {
    return this.#proposed;
  }

  get chosen(): readonly string[] {
    return [...this.#chosen].sort();
  }

  isChosen(day: string): boolean {
    return this.#chosen.has(day);
  }

  /** Every proposed day is chosen at first, but for those that stand already. */
  async propose(standing: readonly string[]): Promise<void> {
    await this.deed.run(async () => {
      const { country, subdivision } = this;
      const wish = { country, subdivision, year: Number(this.year) };
      this.#proposed = await this.#gateway.holidays(wish);
    });
    if (this.deed.problem !== undefined) this.#proposed = undefined;
    const days = (this.#proposed ?? []).map((each) => each.date);
    this.#chosen = new Set(days.filter((day) => !standing.includes(day)));
  }

  toggle(day: string): void {
    const chosen = new Set(this.#chosen);
    if (!chosen.delete(day)) chosen.add(day);
    this.#chosen = chosen;
  }

  clear(): void {
    this.#proposed = undefined;
    this.#chosen = new Set();
  }
}
