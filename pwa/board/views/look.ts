// How the board is looked at: days, density, groups, what is filtered and searched. As values and
// as parts of an address, so that a link and a saved view show the same.
import type { Density } from '../timeline/layout.ts';

export const DAYS = [1, 3, 7] as const;
export type Days = (typeof DAYS)[number];
export const GROUPINGS = ['none', 'region', 'skill'] as const;
export type Grouping = (typeof GROUPINGS)[number];
export const DENSITIES: readonly Density[] = ['comfortable', 'compact'];
export const WIDTHS = [10, 14, 20, 28, 40, 56, 72, 104, 144] as const;
const USUAL_WIDTH: Record<Days, number> = { 1: 104, 3: 40, 7: 14 };

export const FACETS = ['technician', 'skill', 'service', 'severity', 'state', 'customer'] as const;
export type Facet = (typeof FACETS)[number];
/** What may be seen, by facet; a facet that names nothing lets everything through. */
export type Filters = Readonly<Partial<Record<Facet, readonly string[]>>>;

export interface Look {
  readonly days: Days;
  readonly density: Density;
  readonly grouping: Grouping;
  /** Groups folded away, by key. */
  readonly closed: readonly string[];
  readonly filters: Filters;
  readonly query: string;
  /** Pixels of an hour; null for what suits so many days. */
  readonly width: number | null;
}

export const USUAL: Look = {
  days: 1,
  density: 'comfortable',
  grouping: 'none',
  closed: [],
  filters: {},
  query: '',
  width: null,
};

export function widthOf(look: Look): number {
  return look.width ?? USUAL_WIDTH[look.days];
}

export function isFiltered({ filters, query }: Look): boolean {
  return query.trim() !== '' || Object.keys(filters).length > 0;
}

/** The same filters with one value of a facet added, or taken away where it was. */
export function toggled(filters: Filters, facet: Facet, value: string): Filters {
  const known = filters[facet] ?? [];
  const values = known.includes(value) ? known.filter((one) => one !== value) : [...known, value];
  const { [facet]: _, ...others } = filters;
  return values.length > 0 ? { ...others, [facet]: values } : others;
}

export function readLook(parts: URLSearchParams): Look {
  const width = Number(parts.get('width'));
  return {
    days: DAYS.find((days) => String(days) === parts.get('days')) ?? USUAL.days,
    density: parts.get('density') === 'compact' ? 'compact' : 'comfortable',
    grouping: GROUPINGS.find((one) => one === parts.get('group')) ?? 'none',
    closed: parts.getAll('closed'),
    filters: Object.fromEntries(
      FACETS.map((facet) => [facet, parts.getAll(facet)] as const).filter(([, has]) => has.length > 0),
    ),
    query: parts.get('q') ?? '',
    width: WIDTHS.some((one) => one === width) ? width : null,
  };
}

/** Adds what is not as usual. */
export function writeLook(look: Look, parts: URLSearchParams): void {
  if (look.days !== USUAL.days) parts.set('days', String(look.days));
  if (look.density !== USUAL.density) parts.set('density', look.density);
  if (look.grouping !== 'none') parts.set('group', look.grouping);
  for (const key of look.closed) parts.append('closed', key);
  for (const facet of FACETS) for (const value of look.filters[facet] ?? []) parts.append(facet, value);
  if (look.query.trim()) parts.set('q', look.query.trim());
  if (look.width !== null) parts.set('width', String(look.width));
}

/** The next one of a list, and after the last the first. */
export function following<One>(all: readonly One[], now: One): One {
  return all[(all.indexOf(now) + 1) % all.length] ?? now;
}
