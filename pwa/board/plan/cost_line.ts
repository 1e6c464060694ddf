// The solve's cost against time as points of a small line, and nothing else of a chart.
import type { PlanPoint } from '../wire.ts';

export interface LineSize {
  readonly width: number;
  readonly height: number;
}

/** SVG points of a step line: cost holds until a better plan is found. Empty below two points. */
export function costLine(trace: readonly PlanPoint[], seconds: number, size: LineSize): string {
  if (trace.length < 2) return '';
  const totals = trace.map((point) => point.total);
  const [low, high] = [Math.min(...totals), Math.max(...totals)];
  const span = Math.max(seconds, ...trace.map((point) => point.seconds), 0.001);
  const x = (at: number) => round((at / span) * size.width);
  const y = (total: number) =>
    round(high === low ? size.height : ((high - total) / (high - low)) * size.height);
  const steps = trace.flatMap((point, index) => {
    const before = trace[index - 1];
    const here = `${x(point.seconds)},${y(point.total)}`;
    return before ? [`${x(point.seconds)},${y(before.total)}`, here] : [here];
  });
  return steps.join(' ');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
