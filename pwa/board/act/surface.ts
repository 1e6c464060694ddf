// Where rows and instants lie on screen, as the timeline draws them now; told by the timeline itself.
import type { RowLayout } from '../timeline/layout.ts';
import type { TimeScale } from '../timeline/scale.ts';

export interface Drawn {
  readonly scale: TimeScale;
  readonly layout: RowLayout;
  readonly scroller: HTMLElement;
  /** Pixels taken by the hours above the rows, and by the names beside them. */
  readonly head: number;
  readonly names: number;
}

const MARGIN = 48;

export class Surface {
  #drawn: Drawn | null = null;

  draws(drawn: Drawn | null): void {
    this.#drawn = drawn;
  }

  /** The instant at a horizontal place on the screen. */
  instantAt(clientX: number): number | null {
    if (this.#drawn === null) return null;
    const { scale, scroller, names } = this.#drawn;
    const x = clientX - scroller.getBoundingClientRect().left + scroller.scrollLeft - names;
    return scale.instantAt(Math.max(0, x));
  }

  /** The technician whose row lies at a place on the screen; null beside the rows. */
  technicianAt(clientX: number, clientY: number): string | null {
    if (this.#drawn === null) return null;
    const { layout, scroller, head } = this.#drawn;
    const box = scroller.getBoundingClientRect();
    if (clientX < box.left || clientX > box.right || clientY < box.top + head || clientY > box.bottom) {
      return null;
    }
    const y = clientY - box.top + scroller.scrollTop - head;
    const line = layout.lineAt(y);
    if (line?.kind !== 'person' || y > line.top + line.height) return null;
    return line.technician.id;
  }

  /** The technicians whose rows are in view; none where nothing is drawn. */
  inView(): string[] {
    if (this.#drawn === null) return [];
    const { layout, scroller, head } = this.#drawn;
    const { first, last } = layout.inView({ top: scroller.scrollTop, height: scroller.clientHeight - head });
    return layout.lines.slice(first, last).flatMap((line) => (line.kind === 'person' ? [line.technician.id] : []));
  }

  /** Scrolls a little where something is held near an edge. */
  nudge(clientX: number, clientY: number): void {
    if (this.#drawn === null) return;
    const { scroller, head, names } = this.#drawn;
    const box = scroller.getBoundingClientRect();
    const by = { left: edge(clientX, box.left + names, box.right), top: edge(clientY, box.top + head, box.bottom) };
    const isInside = clientX > box.left && clientX < box.right && clientY > box.top && clientY < box.bottom;
    if (isInside && (by.left !== 0 || by.top !== 0)) scroller.scrollBy(by);
  }

  /** Brings a technician's row and an instant into view. */
  reveal(technician: string, instant: number): void {
    if (this.#drawn === null) return;
    const { scale, layout, scroller, head, names } = this.#drawn;
    const line = layout.lineOf(technician);
    if (line === undefined) return;
    const [x, wide] = [scale.at(instant), scroller.clientWidth - names];
    const tall = scroller.clientHeight - head;
    if (line.top < scroller.scrollTop) scroller.scrollTop = line.top;
    if (line.top + line.height > scroller.scrollTop + tall) {
      scroller.scrollTop = line.top + line.height - tall;
    }
    if (x < scroller.scrollLeft + MARGIN) scroller.scrollLeft = x - MARGIN;
    if (x > scroller.scrollLeft + wide - 2 * MARGIN) scroller.scrollLeft = x - wide + 2 * MARGIN;
  }
}

function edge(at: number, low: number, high: number): number {
  if (at < low + MARGIN) return -12;
  return at > high - MARGIN ? 12 : 0;
}
