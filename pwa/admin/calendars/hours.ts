// The hours of a calendar as somebody writes and reads them: `08:00–12:00, 13:00–17:00`.
import { clockTime } from '../../lib/ui/promised.ts';

export type Windows = readonly (readonly [number, number])[];

export function hoursText(windows: Windows): string {
  return windows.map(([from, to]) => `${clockTime(from)}–${clockTime(to)}`).join(', ');
}

/** The windows written; undefined when that cannot be read. */
export function windowsOf(text: string): [number, number][] | undefined {
  const parts = text.split(/[,;]/).map((part) => part.trim());
  const windows: [number, number][] = [];
  for (const part of parts.filter(Boolean)) {
    const found = /^(\d{1,2})(?:[:.h](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.h](\d{2}))?$/.exec(part);
    if (found === null) return undefined;
    const from = Number(found[1]) * 60 + Number(found[2] ?? 0);
    const to = Number(found[3]) * 60 + Number(found[4] ?? 0);
    if (from > 1440 || to > 1440) return undefined;
    windows.push([from, to]);
  }
  return windows;
}

export interface Strip {
  /** Share of the day, 0 to 1. */
  readonly from: number;
  readonly length: number;
}

/** A day's hours as pieces of its twenty-four; one that crosses midnight ends at midnight. */
export function strips(windows: Windows): Strip[] {
  return windows.map(([from, to]) => {
    const end = to <= from ? 1440 : to;
    return { from: from / 1440, length: (end - from) / 1440 };
  });
}
