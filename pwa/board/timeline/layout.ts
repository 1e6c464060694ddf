// Rows from top to bottom: groups with their heads, technicians below them. Which are in view.
import type { Technician } from '../wire.ts';

export type Density = 'comfortable' | 'compact';

export const ROW_HEIGHT: Record<Density, number> = { comfortable: 36, compact: 28 };
export const GROUP_HEIGHT = 28;

export interface Group {
  readonly key: string;
  /** Empty for the one group of a board that is not grouped: it has no head. */
  readonly name: string;
  readonly technicians: readonly Technician[];
}

interface Placed {
  readonly key: string;
  readonly top: number;
  readonly height: number;
}

export interface GroupLine extends Placed {
  readonly kind: 'group';
  readonly group: Group;
  readonly isOpen: boolean;
}

export interface PersonLine extends Placed {
  readonly kind: 'person';
  readonly technician: Technician;
}

export type Line = GroupLine | PersonLine;

export interface Scrolled {
  readonly top: number;
  readonly height: number;
}

export class RowLayout {
  readonly lines: readonly Line[];
  readonly height: number;

  constructor(groups: readonly Group[], density: Density, closed: ReadonlySet<string>) {
    const lines: Line[] = [];
    let top = 0;
    for (const group of groups) {
      const isOpen = group.name === '' || !closed.has(group.key);
      if (group.name !== '') {
        lines.push({ kind: 'group', key: `group ${group.key}`, group, isOpen, top, height: GROUP_HEIGHT });
        top += GROUP_HEIGHT;
      }
      if (!isOpen) continue;
      for (const technician of group.technicians) {
        const height = ROW_HEIGHT[density];
        lines.push({ kind: 'person', key: technician.id, technician, top, height });
        top += height;
      }
    }
    this.lines = lines;
    this.height = top;
  }

  /** The technicians whose rows are open, from top to bottom. */
  get technicians(): Technician[] {
    return this.lines.flatMap((line) => (line.kind === 'person' ? [line.technician] : []));
  }

  /** Half-open range of lines to draw: those in view and a few beyond, so scrolling shows no gap. */
  inView({ top, height }: Scrolled, beyond = 3): { first: number; last: number } {
    const first = this.#indexAt(top) - beyond;
    const last = this.#indexAt(top + height) + 1 + beyond;
    return { first: Math.max(0, first), last: Math.min(this.lines.length, last) };
  }

  /** The line at a height; the nearest one above the first or below the last. */
  lineAt(y: number): Line | undefined {
    return this.lines[this.#indexAt(y)];
  }

  lineOf(technician: string): Line | undefined {
    return this.lines.find((line) => line.key === technician);
  }

  #indexAt(y: number): number {
    let low = 0;
    let high = this.lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.lines[middle]?.top ?? 0) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** How far to scroll so that a stretch is fully in view; unchanged when it already is. */
export function scrolledTo(stretch: Scrolled, view: Scrolled): number {
  if (stretch.top < view.top) return stretch.top;
  return Math.max(view.top, Math.min(stretch.top, stretch.top + stretch.height - view.height));
}
