// From instants to pixels and back: days side by side, each from its first hour shown to its last.
// The hours between two days take no room. Knows no colours, no words and no DOM.

const HOUR = 3_600_000;
/** Ticks stand at least this far apart, in pixels. */
const TICK_ROOM = 44;
const STEPS = [1, 2, 4, 8];

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Box {
  readonly left: number;
  readonly width: number;
}

/** Spans in order of time that do not overlap, drawn next to one another. */
export class TimeScale {
  readonly days: readonly Span[];
  readonly #lefts: readonly number[];
  readonly #pixelsPerHour: number;
  readonly width: number;

  constructor(days: readonly Span[], pixelsPerHour: number) {
    this.days = days;
    this.#pixelsPerHour = pixelsPerHour;
    let left = 0;
    this.#lefts = days.map((day) => {
      const own = left;
      left += this.length(day.to - day.from);
      return own;
    });
    this.width = left;
  }

  /** Where an instant lies; one that is not shown lies at the nearest edge of a day. */
  at(instant: number): number {
    const day = this.#dayOf((one) => instant <= one.to);
    const span = this.days[day];
    if (span === undefined) return 0;
    const within = Math.min(Math.max(instant, span.from), span.to);
    return this.leftOf(day) + this.length(within - span.from);
  }

  /** The instant at so many pixels from the left; the opposite of `at`. */
  instantAt(x: number): number {
    const day = this.#dayOf((one, index) => x < this.leftOf(index) + this.length(one.to - one.from));
    const span = this.days[day];
    if (span === undefined) return 0;
    const instant = span.from + ((x - this.leftOf(day)) / this.#pixelsPerHour) * HOUR;
    return Math.min(Math.max(instant, span.from), span.to);
  }

  length(milliseconds: number): number {
    return (milliseconds / HOUR) * this.#pixelsPerHour;
  }

  leftOf(day: number): number {
    return this.#lefts[day] ?? 0;
  }

  /** The part of a span that is shown, or null where none is. */
  box(span: Span): Box | null {
    const left = this.at(span.from);
    const width = this.at(span.to) - left;
    return width > 0 ? { left, width } : null;
  }

  holds(instant: number): boolean {
    return this.days.some((day) => day.from <= instant && instant <= day.to);
  }

  /** Whole hours with room for a word each; correct on days of 23 and 25 hours. */
  ticks(): number[] {
    const step = STEPS.find((hours) => hours * this.#pixelsPerHour >= TICK_ROOM) ?? 8;
    return this.days.flatMap(({ from, to }) => {
      const count = Math.ceil((to - from) / HOUR / step);
      return Array.from({ length: count }, (_, index) => from + index * step * HOUR);
    });
  }

  /** The first day that fits, else the last. */
  #dayOf(fits: (day: Span, index: number) => boolean): number {
    const found = this.days.findIndex(fits);
    return found < 0 ? this.days.length - 1 : found;
  }
}
