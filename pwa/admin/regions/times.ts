// A region's own response windows and speeds as fields, and back.
import { type Amount, amountOf, endMinutesOf, minutesOf, numberOf, secondsOf } from '../agreements/draft/amounts.ts';
import { clockTime } from '../../lib/ui/promised.ts';
import type { Region } from './gateway.ts';
import type { Band, Busy } from './trip.ts';

export const severities = ['S1', 'S2', 'S3', 'S4'] as const;
export type ResponseForm = Record<(typeof severities)[number], Amount>;

export interface SpeedsForm {
  isOwn: boolean;
  /** Kilometres; the last is open, whatever stands there. */
  bands: { upTo: string; speed: string }[];
  /** Minutes longer in a hundred. */
  busy: { from: string; to: string; longer: string }[];
}

export function responseForm(row: Region | undefined): ResponseForm {
  const seconds = (severity: string) => {
    const minutes = row?.response_minutes[severity];
    return amountOf(minutes === undefined ? null : minutes * 60);
  };
  return { S1: seconds('S1'), S2: seconds('S2'), S3: seconds('S3'), S4: seconds('S4') };
}

/** What is left empty is as usual. */
export function responseMinutes(form: ResponseForm): Record<string, number> {
  const given = severities.map((each) => [each, secondsOf(form[each])] as const);
  const said = given.filter(([, seconds]) => seconds !== null);
  return Object.fromEntries(
    said.map(([each, seconds]) => [each, typeof seconds === 'number' ? Math.round(seconds / 60) : seconds!]),
  );
}

export function bandForms(bands: readonly Band[]): SpeedsForm['bands'] {
  return bands.map(({ up_to_metres, kilometres_per_hour }) => ({
    upTo: up_to_metres === null ? '' : String(up_to_metres / 1000),
    speed: String(kilometres_per_hour),
  }));
}

export function speedsForm(row: Region | undefined): SpeedsForm {
  const { bands, busy } = row?.speeds ?? { bands: [], busy: [] };
  return {
    isOwn: bands.length > 0,
    bands: bandForms(bands),
    busy: busy.map(({ from_minute, to_minute, factor }) => ({
      from: clockTime(from_minute),
      to: clockTime(to_minute % 1440),
      longer: String(Math.round((factor - 1) * 1000) / 10),
    })),
  };
}

/** As the server takes it; what is no number goes out as typed, so that it can say so. */
export function speedsOf(form: SpeedsForm): { bands: Band[]; busy: Busy[] } {
  const scaled = (typed: string, by: (value: number) => number): number => {
    const value = numberOf(typed);
    return typeof value === 'number' ? by(value) : value!;
  };
  return {
    bands: form.isOwn
      ? form.bands.map(({ upTo, speed }, at) => ({
          up_to_metres: at === form.bands.length - 1 ? null : scaled(upTo, (value) => value * 1000),
          kilometres_per_hour: numberOf(speed)!,
        }))
      : [],
    busy: form.busy.map(({ from, to, longer }) => ({
      from_minute: minutesOf(from)!,
      to_minute: endMinutesOf(to)!,
      factor: scaled(longer, (value) => (100 + value) / 100),
    })),
  };
}
