// The solve's cost against time as points of a small line, and nothing else of a chart.
import type { PlanPoint } from '../wire.ts';

export interface LineSize {
  readonly width: number;
  readonly height: number;
}

/** SVG points of a step line: cost holds until a better plan is found, the last one until now. Empty below two points. */
export function costLine(
  trace: readonly PlanPoint[],
  seconds: number,
  size: LineSize,
  until = seconds,
): string {
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
  const end = Math.max(until, trace.at(-1)!.seconds);
  return [...steps, `${x(end)},${y(totals.at(-1)!)}`].join(' ');
}

/** The points worth a row of the table: the first, the last, and those whose jobs were counted. */
export function worthWriting(trace: readonly PlanPoint[]): PlanPoint[] {
  const isCounted = trace.some(countsJobs);
  return trace.filter(
    (point, index) => !isCounted || index === 0 || index === trace.length - 1 || countsJobs(point),
  );
}

function countsJobs(point: PlanPoint): boolean {
  return (point.in_time ?? null) !== null;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
