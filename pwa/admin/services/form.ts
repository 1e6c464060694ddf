// What one service is called and what such work takes, as a form, and back.
import { numberOf } from '../agreements/draft/amounts.ts';
import { type ItemForm, itemBody, itemForm } from '../checklist/items.ts';
import { requireSaid } from '../faults.ts';
import type { Service, ServiceChange, ServiceNames } from './gateway.ts';

export const severities = ['S1', 'S2', 'S3', 'S4'] as const;
export type Review = 'usual' | 'always' | 'never';

export interface PageForm {
  names: ServiceNames;
  /** Minutes by severity; empty where it takes as long as usual. */
  minutes: Record<(typeof severities)[number], string>;
  skills: { name: string; level: string }[];
  items: ItemForm[];
  parts: { part: string; quantity: string }[];
  review: Review;
}

export function formOf(row: Service): PageForm {
  const minutes = (severity: string): string => {
    const said = row.duration_seconds[severity];
    return said === undefined ? '' : String(said / 60);
  };
  return {
    names: { ...row.names },
    minutes: { S1: minutes('S1'), S2: minutes('S2'), S3: minutes('S3'), S4: minutes('S4') },
    skills: Object.entries(row.skills).map(([name, level]) => ({ name, level: String(level) })),
    items: row.checklist.map(itemForm),
    parts: row.parts.map((each) => ({ ...each })),
    review: row.asks_for_review === null ? 'usual' : row.asks_for_review ? 'always' : 'never',
  };
}

export function bodyOf(form: PageForm): ServiceChange {
  requireSaid({
    ...Object.fromEntries(Object.entries(form.names).map(([tag, name]) => [`names.${tag}`, name])),
    ...Object.fromEntries(form.skills.map(({ name }, at) => [`skills.${at}.name`, name])),
    ...Object.fromEntries(form.items.map(({ label }, at) => [`checklist.${at}.label`, label])),
    ...Object.fromEntries(form.parts.map(({ part }, at) => [`parts.${at}.part`, part])),
  });
  const said = severities.flatMap((severity) => {
    const minutes = numberOf(form.minutes[severity]);
    return minutes === null ? [] : [[severity, typeof minutes === 'number' ? Math.round(minutes * 60) : minutes]];
  });
  return {
    names: form.names,
    duration_seconds: Object.fromEntries(said),
    skills: Object.fromEntries(form.skills.map(({ name, level }) => [name.trim(), Number(level)])),
    checklist: form.items.map(itemBody),
    parts: form.parts.map(({ part, quantity }) => ({ part: part.trim(), quantity: quantity.replace(',', '.') })),
    asks_for_review: form.review === 'usual' ? null : form.review === 'always',
  };
}
