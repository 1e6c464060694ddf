// The geometry of a deadline ruler: when service is closed for every clock, time is folded short,
// so that a promise of four hours is readable across a weekend. Draws nothing.

export type SpanKind = 'counted' | 'closed' | 'holiday' | 'paused';

export interface RulerSpan {
  readonly kind: SpanKind;
  readonly from_at: string;
  readonly to_at: string;
  readonly seconds: number;
  /** The pause's reason, or the holiday's date. */
  readonly note: string;
  readonly author?: string;
}

/** One clock on the ruler, from its start to its due, or to when it stopped if that was later. */
export interface RulerRow {
  readonly key: string;
  readonly label: string;
  readonly spans: readonly RulerSpan[];
  readonly due: string | null;
  readonly stopped: string | null;
}

export interface Piece {
  readonly span: RulerSpan;
  /** Shares of the ruler's width, 0 to 1. */
  readonly from: number;
  readonly to: number;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** A folded stretch is as wide as this share of what is counted, however long the night is. */
const FOLDED_SHARE = 0.06;
const OPEN: ReadonlySet<SpanKind> = new Set(['counted', 'paused']);

export class Ruler {
  readonly #stretches: readonly Stretch[];
  readonly #whole: number;

  constructor(rows: readonly RulerRow[]) {
    this.#stretches = stretches(rows);
    this.#whole = this.#stretches.reduce((sum, { weight }) => sum + weight, 0);
  }

  get isEmpty(): boolean {
    return this.#whole === 0;
  }

  /** Where an instant lies, 0 at the start and 1 at the end; before and after are clipped. */
  at(instant: string | number | Date): number {
    const wanted = new Date(instant).getTime();
    let passed = 0;
    for (const { from, to, weight } of this.#stretches) {
      if (wanted <= from) break;
      passed += weight * (Math.min(wanted, to) - from) / (to - from);
    }
    return this.#whole === 0 ? 0 : passed / this.#whole;
  }

  /** Whether an instant lies on the ruler. */
  holds(instant: string | number | Date): boolean {
    const wanted = new Date(instant).getTime();
    const [first, last] = [this.#stretches[0], this.#stretches.at(-1)];
    return first !== undefined && last !== undefined && wanted >= first.from && wanted <= last.to;
  }

  pieces(row: RulerRow): Piece[] {
    return row.spans.map((span) => ({ span, from: this.at(span.from_at), to: this.at(span.to_at) }));
  }
}

/** The spans up to an instant: how our own, earlier due comes about on the same clock. */
export function clipped(spans: readonly RulerSpan[], end: string): RulerSpan[] {
  const last = Date.parse(end);
  return spans
    .filter((span) => Date.parse(span.from_at) < last)
    .map((span) => {
      if (Date.parse(span.to_at) <= last) return span;
      return { ...span, to_at: end, seconds: Math.round((last - Date.parse(span.from_at)) / 1000) };
    });
}

function stretches(rows: readonly RulerRow[]): Stretch[] {
  const spans = rows.flatMap((row) => row.spans);
  const edges = [...new Set(spans.flatMap((span) => [Date.parse(span.from_at), Date.parse(span.to_at)]))];
  edges.sort((one, other) => one - other);
  const plain = edges.slice(1).map((to, index) => {
    const from = edges[index]!;
    const isOpen = spans.some(
      (span) => OPEN.has(span.kind) && Date.parse(span.from_at) < to && Date.parse(span.to_at) > from,
    );
    return { from, to, isOpen };
  });
  const open = plain.reduce((sum, { from, to, isOpen }) => sum + (isOpen ? to - from : 0), 0);
  const folded = open === 0 ? 1 : open * FOLDED_SHARE;
  return plain.map(({ from, to, isOpen }) => ({
    from,
    to,
    weight: isOpen ? to - from : Math.min(folded, to - from),
  }));
}
