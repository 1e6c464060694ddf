import { describe, expect, it } from 'vitest';
import { clipped, Ruler, type RulerRow, type RulerSpan, type SpanKind } from './ruler.ts';

const span = (kind: SpanKind, from: string, to: string): RulerSpan => ({
  kind,
  from_at: `2026-06-${from}:00Z`,
  to_at: `2026-06-${to}:00Z`,
  seconds: (Date.parse(`2026-06-${to}:00Z`) - Date.parse(`2026-06-${from}:00Z`)) / 1000,
  note: '',
});
const row = (...spans: RulerSpan[]): RulerRow => ({
  key: 'customer',
  label: 'Customer',
  spans,
  due: spans.at(-1)?.to_at ?? null,
  stopped: null,
});
const overnight = row(
  span('counted', '02T15:30', '02T17:00'),
  span('closed', '02T17:00', '03T08:00'),
  span('counted', '03T08:00', '03T10:30'),
);

describe('a deadline ruler', () => {
  it('begins at the start of the clock and ends at its due', () => {
    const ruler = new Ruler([overnight]);
    expect(ruler.at('2026-06-02T15:30:00Z')).toBe(0);
    expect(ruler.at('2026-06-03T10:30:00Z')).toBe(1);
  });

  it('folds the night, so that the hours that count are what is seen', () => {
    const ruler = new Ruler([overnight]);
    const [evening, night, morning] = ruler.pieces(overnight).map(({ from, to }) => to - from);
    expect(night!).toBeLessThan(0.06);
    expect(morning! / evening!).toBeCloseTo(2.5 / 1.5);
  });

  it('does not fold what another clock counts', () => {
    const always = row(span('counted', '02T15:30', '03T10:30'));
    const night = new Ruler([overnight, always]).pieces(overnight)[1]!;
    expect(night.to - night.from).toBeCloseTo(15 / 19);
  });

  it('keeps every instant in order, before and after included', () => {
    const ruler = new Ruler([overnight]);
    const instants = ['02T00:00', '02T16:00', '02T23:00', '03T07:59', '03T09:00', '04T00:00'];
    const places = instants.map((at) => ruler.at(`2026-06-${at}:00Z`));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places[0]).toBe(0);
    expect(places.at(-1)).toBe(1);
  });

  it('shows our own earlier due as the same spans, cut short', () => {
    const ours = clipped(overnight.spans, '2026-06-03T09:30:00Z');
    expect(ours.map(({ seconds }) => seconds)).toEqual([5400, 54_000, 5400]);
    expect(clipped(overnight.spans, '2026-06-02T16:30:00Z')).toHaveLength(1);
  });

  it('is empty without spans, and says so', () => {
    expect(new Ruler([row()]).isEmpty).toBe(true);
    expect(new Ruler([]).at('2026-06-02T15:30:00Z')).toBe(0);
  });
});
